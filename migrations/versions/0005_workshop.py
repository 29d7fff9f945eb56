"""Drafts with their steps, publishing with reviews and guests, tasks with files, marks, talks and peers, nudges, roles in courses"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('draft',
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('base_edition', sa.Integer(), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('begun_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('revision >= 0', name=op.f('ck_draft_revision')),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_draft_course_slug_course')),
    sa.PrimaryKeyConstraint('course_slug', name=op.f('pk_draft'))
    )
    op.create_table('draft_review',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('digest', sa.String(length=255), nullable=False),
    sa.Column('asked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('request', sa.Text(), nullable=False),
    sa.Column('reviewer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('verdict', sa.String(length=32), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("(verdict = 'waiting') = (decided_at IS NULL)", name=op.f('ck_draft_review_decided')),
    sa.CheckConstraint("verdict IN ('waiting', 'approved', 'changes', 'withdrawn')", name=op.f('ck_draft_review_verdict')),
    sa.ForeignKeyConstraint(['asked_by'], ['member.id'], name=op.f('fk_draft_review_asked_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_draft_review_course_slug_course')),
    sa.ForeignKeyConstraint(['decided_by'], ['member.id'], name=op.f('fk_draft_review_decided_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['reviewer_id'], ['member.id'], name=op.f('fk_draft_review_reviewer_id_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_review'))
    )
    with op.batch_alter_table('draft_review', schema=None) as batch_op:
        batch_op.create_index('ix_draft_review_course_slug_id', ['course_slug', 'id'], unique=False)
        batch_op.create_index('uq_draft_review_waiting', ['course_slug', 'reviewer_id'], unique=True, sqlite_where=sa.text("verdict = 'waiting'"), postgresql_where=sa.text("verdict = 'waiting'"))

    op.create_table('edition_note',
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_edition_note_course_slug_course')),
    sa.PrimaryKeyConstraint('course_slug', 'number', name=op.f('pk_edition_note'))
    )
    op.create_table('guest_link',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('lesson_key', sa.String(length=140), nullable=False),
    sa.Column('source', sa.String(length=32), nullable=False),
    sa.Column('guest', sa.String(length=255), nullable=False),
    sa.Column('shows_answers', sa.Boolean(), nullable=False),
    sa.Column('token_hash', sa.String(length=255), nullable=False),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("source IN ('draft', 'live')", name=op.f('ck_guest_link_source')),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_guest_link_course_slug_course')),
    sa.ForeignKeyConstraint(['created_by'], ['member.id'], name=op.f('fk_guest_link_created_by_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guest_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_guest_link_token_hash'))
    )
    with op.batch_alter_table('guest_link', schema=None) as batch_op:
        batch_op.create_index('ix_guest_link_course_slug_id', ['course_slug', 'id'], unique=False)

    op.create_table('marking_claim',
    sa.Column('feature', sa.String(length=32), nullable=False),
    sa.Column('item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('claimed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_marking_claim_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('feature', 'item_id', name=op.f('pk_marking_claim'))
    )
    with op.batch_alter_table('marking_claim', schema=None) as batch_op:
        batch_op.create_index('ix_marking_claim_member_id', ['member_id'], unique=False)

    op.create_table('marking_comment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_marking_comment_course_slug_course')),
    sa.ForeignKeyConstraint(['made_by'], ['member.id'], name=op.f('fk_marking_comment_made_by_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_marking_comment'))
    )
    with op.batch_alter_table('marking_comment', schema=None) as batch_op:
        batch_op.create_index('ix_marking_comment_course_slug', ['course_slug', 'id'], unique=False)

    op.create_table('nudge',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_nudge_course_slug_course')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_nudge_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sent_by'], ['member.id'], name=op.f('fk_nudge_sent_by_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_nudge'))
    )
    with op.batch_alter_table('nudge', schema=None) as batch_op:
        batch_op.create_index('ix_nudge_course_slug', ['course_slug', 'sent_at'], unique=False)
        batch_op.create_index('ix_nudge_member_id', ['member_id', 'course_slug', 'sent_at'], unique=False)

    op.create_table('publishing_rule',
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('review_required', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_publishing_rule_course_slug_course')),
    sa.PrimaryKeyConstraint('course_slug', name=op.f('pk_publishing_rule'))
    )
    op.create_table('upload',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('media_type', sa.String(length=255), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('size > 0', name=op.f('ck_upload_size')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_upload_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload'))
    )
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.create_index('ix_upload_created_at', ['created_at'], unique=False)
        batch_op.create_index('ix_upload_member_id', ['member_id'], unique=False)

    op.create_table('draft_comment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('path', sa.String(length=255), nullable=False),
    sa.Column('line', sa.Integer(), nullable=True),
    sa.Column('quote', sa.String(length=255), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('guest', sa.String(length=255), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('guest_link_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('place', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('line IS NULL OR line >= 1', name=op.f('ck_draft_comment_line')),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name=op.f('fk_draft_comment_author_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_draft_comment_course_slug_course')),
    sa.ForeignKeyConstraint(['guest_link_id'], ['guest_link.id'], name=op.f('fk_draft_comment_guest_link_id_guest_link'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['settled_by'], ['member.id'], name=op.f('fk_draft_comment_settled_by_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_comment'))
    )
    with op.batch_alter_table('draft_comment', schema=None) as batch_op:
        batch_op.create_index('ix_draft_comment_course_slug_path', ['course_slug', 'path', 'id'], unique=False)

    op.create_table('draft_file',
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('path', sa.String(length=255), nullable=False),
    sa.Column('digest', sa.String(length=255), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['changed_by'], ['member.id'], name=op.f('fk_draft_file_changed_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['course_slug'], ['draft.course_slug'], name=op.f('fk_draft_file_course_slug_draft'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['digest'], ['stored_file.digest'], name=op.f('fk_draft_file_digest_stored_file')),
    sa.PrimaryKeyConstraint('course_slug', 'path', name=op.f('pk_draft_file'))
    )
    with op.batch_alter_table('draft_file', schema=None) as batch_op:
        batch_op.create_index('ix_draft_file_digest', ['digest'], unique=False)

    op.create_table('draft_step',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('about', sa.String(length=255), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['course_slug'], ['draft.course_slug'], name=op.f('fk_draft_step_course_slug_draft'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['made_by'], ['member.id'], name=op.f('fk_draft_step_made_by_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft_step')),
    sa.UniqueConstraint('course_slug', 'number', name=op.f('uq_draft_step_course_slug_number'))
    )
    op.create_table('task_message',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('work_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('of_learner', sa.Boolean(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name=op.f('fk_task_message_author_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['work_id'], ['task_work.id'], name=op.f('fk_task_message_work_id_task_work'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task_message'))
    )
    with op.batch_alter_table('task_message', schema=None) as batch_op:
        batch_op.create_index('ix_task_message_author_id', ['author_id'], unique=False)
        batch_op.create_index('ix_task_message_work_id', ['work_id', 'id'], unique=False)

    op.create_table('task_review',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('work_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reader_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('assigned_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('points', sa.JSON(), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('helpful', sa.Integer(), nullable=True),
    sa.Column('quality', sa.String(length=32), server_default='open', nullable=False),
    sa.Column('judged_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("quality IN ('open', 'good', 'poor')", name=op.f('ck_task_review_quality')),
    sa.CheckConstraint('helpful IS NULL OR (helpful >= 1 AND helpful <= 3)', name=op.f('ck_task_review_helpful')),
    sa.ForeignKeyConstraint(['judged_by'], ['member.id'], name=op.f('fk_task_review_judged_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['reader_id'], ['member.id'], name=op.f('fk_task_review_reader_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['work_id'], ['task_work.id'], name=op.f('fk_task_review_work_id_task_work'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task_review')),
    sa.UniqueConstraint('work_id', 'reader_id', name=op.f('uq_task_review_work_id_reader_id'))
    )
    with op.batch_alter_table('task_review', schema=None) as batch_op:
        batch_op.create_index('ix_task_review_reader_id', ['reader_id'], unique=False)

    op.create_table('task_work_file',
    sa.Column('work_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('upload_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_task_work_file_upload_id_upload'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['work_id'], ['task_work.id'], name=op.f('fk_task_work_file_work_id_task_work'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('work_id', 'upload_id', name=op.f('pk_task_work_file'))
    )
    with op.batch_alter_table('task_work_file', schema=None) as batch_op:
        batch_op.create_index('ix_task_work_file_upload_id', ['upload_id'], unique=False)

    op.create_table('task_work_mark',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('work_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('marker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('points', sa.JSON(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=False),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('place >= 1 AND place <= 3', name=op.f('ck_task_work_mark_place')),
    sa.ForeignKeyConstraint(['marker_id'], ['member.id'], name=op.f('fk_task_work_mark_marker_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['work_id'], ['task_work.id'], name=op.f('fk_task_work_mark_work_id_task_work'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task_work_mark')),
    sa.UniqueConstraint('work_id', 'marker_id', name=op.f('uq_task_work_mark_work_id_marker_id')),
    sa.UniqueConstraint('work_id', 'place', name=op.f('uq_task_work_mark_work_id_place'))
    )
    with op.batch_alter_table('task_work_mark', schema=None) as batch_op:
        batch_op.create_index('ix_task_work_mark_marker_id', ['marker_id'], unique=False)

    op.create_table('draft_change',
    sa.Column('step_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('path', sa.String(length=255), nullable=False),
    sa.Column('before', sa.String(length=255), nullable=True),
    sa.Column('after', sa.String(length=255), nullable=True),
    sa.ForeignKeyConstraint(['after'], ['stored_file.digest'], name=op.f('fk_draft_change_after_stored_file')),
    sa.ForeignKeyConstraint(['before'], ['stored_file.digest'], name=op.f('fk_draft_change_before_stored_file')),
    sa.ForeignKeyConstraint(['step_id'], ['draft_step.id'], name=op.f('fk_draft_change_step_id_draft_step'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('step_id', 'path', name=op.f('pk_draft_change'))
    )
    with op.batch_alter_table('draft_change', schema=None) as batch_op:
        batch_op.create_index('ix_draft_change_after', ['after'], unique=False)
        batch_op.create_index('ix_draft_change_before', ['before'], unique=False)

    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('time_factor', sa.Integer(), server_default=sa.text('100'), nullable=False))
        batch_op.add_column(sa.Column('extra_attempts', sa.Integer(), server_default=sa.text('0'), nullable=False))
        batch_op.add_column(sa.Column('extensions', sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
        batch_op.create_check_constraint('time_factor', 'time_factor >= 100 AND time_factor <= 400')
        batch_op.create_check_constraint('extra_attempts', 'extra_attempts >= 0 AND extra_attempts <= 20')

    with op.batch_alter_table('task_work', schema=None) as batch_op:
        batch_op.add_column(sa.Column('late', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('blind', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('stage', sa.String(length=32), server_default='first', nullable=False))
        batch_op.create_check_constraint('stage', "stage IN ('first', 'second', 'third')")

    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_constraint('role', type_='check')
        batch_op.create_check_constraint('role', "role IN ('owner', 'trainer', 'reviewer', 'marker', 'moderator', 'admin')")


def downgrade() -> None:
    op.execute("DELETE FROM role_grant WHERE role IN ('owner', 'reviewer', 'marker')")
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_constraint('role', type_='check')
        batch_op.create_check_constraint('role', "role IN ('trainer', 'moderator', 'admin')")

    with op.batch_alter_table('task_work', schema=None) as batch_op:
        batch_op.drop_constraint('stage', type_='check')
        batch_op.drop_column('stage')
        batch_op.drop_column('blind')
        batch_op.drop_column('late')

    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.drop_constraint('time_factor', type_='check')
        batch_op.drop_constraint('extra_attempts', type_='check')
        batch_op.drop_column('extensions')
        batch_op.drop_column('extra_attempts')
        batch_op.drop_column('time_factor')

    with op.batch_alter_table('draft_change', schema=None) as batch_op:
        batch_op.drop_index('ix_draft_change_before')
        batch_op.drop_index('ix_draft_change_after')

    op.drop_table('draft_change')
    with op.batch_alter_table('task_work_mark', schema=None) as batch_op:
        batch_op.drop_index('ix_task_work_mark_marker_id')

    op.drop_table('task_work_mark')
    with op.batch_alter_table('task_work_file', schema=None) as batch_op:
        batch_op.drop_index('ix_task_work_file_upload_id')

    op.drop_table('task_work_file')
    with op.batch_alter_table('task_review', schema=None) as batch_op:
        batch_op.drop_index('ix_task_review_reader_id')

    op.drop_table('task_review')
    with op.batch_alter_table('task_message', schema=None) as batch_op:
        batch_op.drop_index('ix_task_message_work_id')
        batch_op.drop_index('ix_task_message_author_id')

    op.drop_table('task_message')
    op.drop_table('draft_step')
    with op.batch_alter_table('draft_file', schema=None) as batch_op:
        batch_op.drop_index('ix_draft_file_digest')

    op.drop_table('draft_file')
    with op.batch_alter_table('draft_comment', schema=None) as batch_op:
        batch_op.drop_index('ix_draft_comment_course_slug_path')

    op.drop_table('draft_comment')
    with op.batch_alter_table('upload', schema=None) as batch_op:
        batch_op.drop_index('ix_upload_member_id')
        batch_op.drop_index('ix_upload_created_at')

    op.drop_table('upload')
    op.drop_table('publishing_rule')
    with op.batch_alter_table('nudge', schema=None) as batch_op:
        batch_op.drop_index('ix_nudge_member_id')
        batch_op.drop_index('ix_nudge_course_slug')

    op.drop_table('nudge')
    with op.batch_alter_table('marking_comment', schema=None) as batch_op:
        batch_op.drop_index('ix_marking_comment_course_slug')

    op.drop_table('marking_comment')
    with op.batch_alter_table('marking_claim', schema=None) as batch_op:
        batch_op.drop_index('ix_marking_claim_member_id')

    op.drop_table('marking_claim')
    with op.batch_alter_table('guest_link', schema=None) as batch_op:
        batch_op.drop_index('ix_guest_link_course_slug_id')

    op.drop_table('guest_link')
    op.drop_table('edition_note')
    with op.batch_alter_table('draft_review', schema=None) as batch_op:
        batch_op.drop_index('uq_draft_review_waiting', sqlite_where=sa.text("verdict = 'waiting'"), postgresql_where=sa.text("verdict = 'waiting'"))
        batch_op.drop_index('ix_draft_review_course_slug_id')

    op.drop_table('draft_review')
    op.drop_table('draft')
