"""Begin"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('actor_role', sa.String(length=32), nullable=False),
    sa.Column('action', sa.String(length=32), nullable=False),
    sa.Column('subject', sa.String(length=255), nullable=False),
    sa.Column('result', sa.String(length=32), nullable=False),
    sa.Column('detail', sa.String(length=255), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entry'))
    )
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.create_index('ix_audit_entry_at_id', ['at', 'id'], unique=False)
        batch_op.create_index('ix_audit_entry_subject', ['subject'], unique=False)

    op.create_table('course',
    sa.Column('slug', sa.String(length=64), nullable=False),
    sa.Column('status', sa.String(length=32), nullable=False),
    sa.Column('edition_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("status IN ('draft', 'published', 'closed')", name=op.f('ck_course_status')),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name='fk_course_edition_id_edition', use_alter=True),
    sa.PrimaryKeyConstraint('slug', name=op.f('pk_course'))
    )
    op.create_table('job',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=255), nullable=True),
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job')),
    sa.UniqueConstraint('key', name=op.f('uq_job_key'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index('ix_job_due_at', ['due_at'], unique=False)

    op.create_table('job_turn',
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_job_turn'))
    )
    op.create_table('letter',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=255), nullable=True),
    sa.Column('to_email', sa.String(length=255), nullable=False),
    sa.Column('to_name', sa.String(length=255), nullable=False),
    sa.Column('language', sa.String(length=32), nullable=False),
    sa.Column('subject', sa.String(length=255), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('headers', sa.JSON(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_try_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('first_tried_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error', sa.String(length=255), nullable=False),
    sa.CheckConstraint("state IN ('waiting', 'sent', 'failed')", name=op.f('ck_letter_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter')),
    sa.UniqueConstraint('key', name=op.f('uq_letter_key'))
    )
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.create_index('ix_letter_state_next_try_at', ['state', 'next_try_at'], unique=False)
        batch_op.create_index('ix_letter_to_email', ['to_email'], unique=False)

    op.create_table('limit_tally',
    sa.Column('key', sa.String(length=255), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('closes_at', sa.Float(precision=53), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_limit_tally'))
    )
    with op.batch_alter_table('limit_tally', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_limit_tally_closes_at'), ['closes_at'], unique=False)

    op.create_table('member',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('email', sa.String(length=255), nullable=False),
    sa.Column('email_key', sa.String(length=255), nullable=False),
    sa.Column('search_key', sa.Text(), nullable=False),
    sa.Column('password_hash', sa.String(length=255), nullable=False),
    sa.Column('display_name', sa.String(length=255), nullable=False),
    sa.Column('legal_name', sa.String(length=255), nullable=False),
    sa.Column('language', sa.String(length=32), nullable=False),
    sa.Column('theme', sa.String(length=32), nullable=False),
    sa.Column('time_zone', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('unread', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('alumnus_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('totp_seed', sa.LargeBinary(), nullable=True),
    sa.Column('totp_last_step', sa.Integer(), nullable=False),
    sa.CheckConstraint("state IN ('unconfirmed', 'active', 'suspended', 'erased')", name=op.f('ck_member_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_member')),
    sa.UniqueConstraint('email_key', name=op.f('uq_member_email_key')),
    sqlite_autoincrement=True
    )
    op.create_table('stored_file',
    sa.Column('digest', sa.String(length=255), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_stored_file'))
    )
    op.create_table('attempt',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('lesson_key', sa.String(length=140), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('seed', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deadline', sa.DateTime(timezone=True), nullable=True),
    sa.Column('handed_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('passed', sa.Boolean(), nullable=True),
    sa.CheckConstraint("(state = 'open') = (handed_in_at IS NULL)", name=op.f('ck_attempt_handed_in')),
    sa.CheckConstraint("state IN ('open', 'handed_in', 'marked')", name=op.f('ck_attempt_state')),
    sa.CheckConstraint('number >= 1', name=op.f('ck_attempt_number')),
    sa.CheckConstraint('score IS NULL OR (score >= 0 AND score <= 100)', name=op.f('ck_attempt_score')),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_attempt_course_slug_course')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_attempt_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt')),
    sa.UniqueConstraint('member_id', 'course_slug', 'lesson_key', 'number', name=op.f('uq_attempt_member_id_course_slug_lesson_key_number'))
    )
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.create_index('ix_attempt_deadline', ['deadline'], unique=False, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.create_index('uq_attempt_open', ['member_id', 'course_slug', 'lesson_key'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.create_table('cohort',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_cohort_dates')),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_cohort_course_slug_course')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cohort')),
    sa.UniqueConstraint('course_slug', 'name', name=op.f('uq_cohort_course_slug_name'))
    )
    op.create_table('completion',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('tier', sa.String(length=32), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('completed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_completion_course_slug_course')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_completion_member_id_member')),
    sa.PrimaryKeyConstraint('member_id', 'course_slug', 'tier', name=op.f('pk_completion'))
    )
    op.create_table('edition',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=255), nullable=False),
    sa.Column('format', sa.Integer(), nullable=False),
    sa.Column('renderer', sa.Integer(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('published_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_edition_course_slug_course')),
    sa.ForeignKeyConstraint(['published_by'], ['member.id'], name=op.f('fk_edition_published_by_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_edition')),
    sa.UniqueConstraint('course_slug', 'number', name=op.f('uq_edition_course_slug_number'))
    )
    op.create_table('enrolment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('enrolled_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('left_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('way', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_enrolment_course_slug_course')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_enrolment_member_id_member')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment')),
    sa.UniqueConstraint('member_id', 'course_slug', name=op.f('uq_enrolment_member_id_course_slug'))
    )
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.create_index('ix_enrolment_course_slug', ['course_slug', 'id'], unique=False)

    op.create_table('lesson_record',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('lesson_key', sa.String(length=140), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('failed', 'waiting', 'done', 'passed')", name=op.f('ck_lesson_record_state')),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_lesson_record_course_slug_course')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_lesson_record_member_id_member')),
    sa.PrimaryKeyConstraint('member_id', 'course_slug', 'lesson_key', name=op.f('pk_lesson_record'))
    )
    op.create_table('mailed_link',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_hash', sa.String(length=255), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('purpose', sa.String(length=32), nullable=False),
    sa.Column('payload', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_mailed_link_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailed_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_mailed_link_token_hash'))
    )
    with op.batch_alter_table('mailed_link', schema=None) as batch_op:
        batch_op.create_index('ix_mailed_link_member_id', ['member_id'], unique=False)

    op.create_table('notice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=255), nullable=True),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.Column('url', sa.String(length=255), nullable=False),
    sa.Column('on_site', sa.Boolean(), nullable=False),
    sa.Column('mail', sa.String(length=32), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('mailed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("mail IN ('never', 'at_once', 'daily')", name=op.f('ck_notice_mail')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_notice_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('member_id', 'key', name=op.f('uq_notice_member_id_key'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index('ix_notice_mail_mailed_at', ['mail', 'mailed_at'], unique=False)
        batch_op.create_index('ix_notice_member_id_on_site_id', ['member_id', 'on_site', 'id'], unique=False)

    op.create_table('notice_choice',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('on_site', sa.Boolean(), nullable=False),
    sa.Column('mail', sa.String(length=32), nullable=False),
    sa.CheckConstraint("mail IN ('never', 'at_once', 'daily')", name=op.f('ck_notice_choice_mail')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_notice_choice_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'kind', name=op.f('pk_notice_choice'))
    )
    op.create_table('place_request',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('motive', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('answer', sa.String(length=255), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'admitted', 'refused')", name=op.f('ck_place_request_state')),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_place_request_course_slug_course')),
    sa.ForeignKeyConstraint(['decided_by'], ['member.id'], name=op.f('fk_place_request_decided_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_place_request_member_id_member')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place_request'))
    )
    with op.batch_alter_table('place_request', schema=None) as batch_op:
        batch_op.create_index('ix_place_request_state', ['state', 'id'], unique=False)
        batch_op.create_index('uq_place_request_open', ['member_id', 'course_slug'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('recovery_code',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code_hash', sa.String(length=255), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_recovery_code_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code')),
    sa.UniqueConstraint('member_id', 'code_hash', name=op.f('uq_recovery_code_member_id_code_hash'))
    )
    op.create_table('role_grant',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.String(length=32), nullable=False),
    sa.Column('scope', sa.String(length=255), nullable=False),
    sa.Column('granted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('granted_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("role IN ('trainer', 'moderator', 'admin')", name=op.f('ck_role_grant_role')),
    sa.ForeignKeyConstraint(['granted_by'], ['member.id'], name=op.f('fk_role_grant_granted_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_role_grant_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant')),
    sa.UniqueConstraint('member_id', 'role', 'scope', name=op.f('uq_role_grant_member_id_role_scope'))
    )
    op.create_table('second_factor_lift',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['asked_by'], ['member.id'], name=op.f('fk_second_factor_lift_asked_by_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_second_factor_lift_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_second_factor_lift')),
    sa.UniqueConstraint('member_id', name=op.f('uq_second_factor_lift_member_id'))
    )
    op.create_table('sign_in',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_hash', sa.String(length=255), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('device', sa.String(length=255), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('idle_until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('proved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('second_factor', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_sign_in_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_token_hash'))
    )
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.create_index('ix_sign_in_member_id', ['member_id'], unique=False)

    op.create_table('task_work',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('lesson_key', sa.String(length=140), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('handed_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('points', sa.JSON(), nullable=False),
    sa.Column('score', sa.Integer(), nullable=True),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('marked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('marked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'draft') = (handed_in_at IS NULL)", name=op.f('ck_task_work_handed_in')),
    sa.CheckConstraint("state IN ('draft', 'handed_in', 'returned', 'passed', 'not_yet')", name=op.f('ck_task_work_state')),
    sa.CheckConstraint('score IS NULL OR (score >= 0 AND score <= 100)', name=op.f('ck_task_work_score')),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_task_work_course_slug_course')),
    sa.ForeignKeyConstraint(['marked_by'], ['member.id'], name=op.f('fk_task_work_marked_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_task_work_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_task_work')),
    sa.UniqueConstraint('member_id', 'course_slug', 'lesson_key', 'number', name=op.f('uq_task_work_member_id_course_slug_lesson_key_number'))
    )
    with op.batch_alter_table('task_work', schema=None) as batch_op:
        batch_op.create_index('ix_task_work_handed_in_at', ['handed_in_at', 'id'], unique=False, sqlite_where=sa.text("state = 'handed_in'"), postgresql_where=sa.text("state = 'handed_in'"))
        batch_op.create_index('uq_task_work_going', ['member_id', 'course_slug', 'lesson_key'], unique=True, sqlite_where=sa.text("state IN ('draft', 'handed_in')"), postgresql_where=sa.text("state IN ('draft', 'handed_in')"))

    op.create_table('attempt_answer',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('attempt_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('question_id', sa.String(length=64), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('waiting_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('percent', sa.Integer(), nullable=True),
    sa.Column('comment', sa.Text(), nullable=False),
    sa.Column('marked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('marked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('percent IS NULL OR (percent >= 0 AND percent <= 100)', name=op.f('ck_attempt_answer_percent')),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_attempt_answer_attempt_id_attempt'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['marked_by'], ['member.id'], name=op.f('fk_attempt_answer_marked_by_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt_answer')),
    sa.UniqueConstraint('attempt_id', 'question_id', name=op.f('uq_attempt_answer_attempt_id_question_id'))
    )
    with op.batch_alter_table('attempt_answer', schema=None) as batch_op:
        batch_op.create_index('ix_attempt_answer_waiting_since', ['waiting_since', 'id'], unique=False, sqlite_where=sa.text('waiting_since IS NOT NULL'), postgresql_where=sa.text('waiting_since IS NOT NULL'))

    op.create_table('certificate',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=32), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('tier', sa.String(length=32), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('holder_name', sa.String(length=255), nullable=False),
    sa.Column('language', sa.String(length=32), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('course_title', sa.String(length=255), nullable=False),
    sa.Column('cohort_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('cohort_name', sa.String(length=255), nullable=False),
    sa.Column('cohort_year', sa.Integer(), nullable=True),
    sa.Column('how_checked', sa.JSON(), nullable=False),
    sa.Column('issued_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('issued_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('shows_name', sa.Boolean(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withdrawn_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('withdraw_class', sa.String(length=32), nullable=False),
    sa.Column('withdraw_words', sa.Text(), nullable=False),
    sa.CheckConstraint("(withdrawn_at IS NULL) = (withdraw_class = '')", name=op.f('ck_certificate_withdrawn')),
    sa.CheckConstraint("tier IN ('completion', 'participation')", name=op.f('ck_certificate_tier')),
    sa.CheckConstraint("withdraw_class IN ('', 'error', 'misconduct', 'superseded', 'request')", name=op.f('ck_certificate_withdraw_class')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_certificate_cohort_id_cohort'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_certificate_course_slug_course')),
    sa.ForeignKeyConstraint(['issued_by'], ['member.id'], name=op.f('fk_certificate_issued_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_certificate_member_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['withdrawn_by'], ['member.id'], name=op.f('fk_certificate_withdrawn_by_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate')),
    sa.UniqueConstraint('code', name=op.f('uq_certificate_code'))
    )
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.create_index('ix_certificate_course_slug', ['course_slug', 'id'], unique=False)
        batch_op.create_index('uq_certificate_standing', ['member_id', 'course_slug', 'tier'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))

    op.create_table('cohort_member',
    sa.Column('cohort_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_cohort_member_cohort_id_cohort')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_cohort_member_member_id_member')),
    sa.PrimaryKeyConstraint('cohort_id', 'member_id', name=op.f('pk_cohort_member'))
    )
    with op.batch_alter_table('cohort_member', schema=None) as batch_op:
        batch_op.create_index('ix_cohort_member_member_id', ['member_id'], unique=False)

    op.create_table('edition_file',
    sa.Column('edition_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('path', sa.String(length=255), nullable=False),
    sa.Column('digest', sa.String(length=255), nullable=False),
    sa.ForeignKeyConstraint(['digest'], ['stored_file.digest'], name=op.f('fk_edition_file_digest_stored_file')),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_edition_file_edition_id_edition')),
    sa.PrimaryKeyConstraint('edition_id', 'path', name=op.f('pk_edition_file'))
    )
    with op.batch_alter_table('edition_file', schema=None) as batch_op:
        batch_op.create_index('ix_edition_file_digest', ['digest'], unique=False)

    op.create_table('edition_page',
    sa.Column('edition_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=140), nullable=False),
    sa.Column('language', sa.String(length=32), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('extras', sa.JSON(), nullable=False),
    sa.Column('words', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_edition_page_edition_id_edition')),
    sa.PrimaryKeyConstraint('edition_id', 'key', 'language', name=op.f('pk_edition_page'))
    )
    op.create_table('enrolment_code',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=32), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('cohort_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('uses', sa.Integer(), server_default=sa.text('0'), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('uses >= 0 AND (seats IS NULL OR uses <= seats)', name=op.f('ck_enrolment_code_seats')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_enrolment_code_cohort_id_cohort')),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_enrolment_code_course_slug_course')),
    sa.ForeignKeyConstraint(['created_by'], ['member.id'], name=op.f('fk_enrolment_code_created_by_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_enrolment_code')),
    sa.UniqueConstraint('code', name=op.f('uq_enrolment_code_code'))
    )
    op.create_table('certificate_event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('certificate_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['member.id'], name=op.f('fk_certificate_event_by_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificate.id'], name=op.f('fk_certificate_event_certificate_id_certificate')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_event'))
    )
    with op.batch_alter_table('certificate_event', schema=None) as batch_op:
        batch_op.create_index('ix_certificate_event_certificate_id', ['certificate_id', 'id'], unique=False)

    # Courses and editions know each other: the second of the two ways is added when both tables are there.
    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.create_foreign_key('fk_course_edition_id_edition', 'edition', ['edition_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('course', schema=None) as batch_op:
        batch_op.drop_constraint('fk_course_edition_id_edition', type_='foreignkey')

    with op.batch_alter_table('certificate_event', schema=None) as batch_op:
        batch_op.drop_index('ix_certificate_event_certificate_id')

    op.drop_table('certificate_event')
    op.drop_table('enrolment_code')
    op.drop_table('edition_page')
    with op.batch_alter_table('edition_file', schema=None) as batch_op:
        batch_op.drop_index('ix_edition_file_digest')

    op.drop_table('edition_file')
    with op.batch_alter_table('cohort_member', schema=None) as batch_op:
        batch_op.drop_index('ix_cohort_member_member_id')

    op.drop_table('cohort_member')
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_index('uq_certificate_standing', sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
        batch_op.drop_index('ix_certificate_course_slug')

    op.drop_table('certificate')
    with op.batch_alter_table('attempt_answer', schema=None) as batch_op:
        batch_op.drop_index('ix_attempt_answer_waiting_since', sqlite_where=sa.text('waiting_since IS NOT NULL'), postgresql_where=sa.text('waiting_since IS NOT NULL'))

    op.drop_table('attempt_answer')
    with op.batch_alter_table('task_work', schema=None) as batch_op:
        batch_op.drop_index('uq_task_work_going', sqlite_where=sa.text("state IN ('draft', 'handed_in')"), postgresql_where=sa.text("state IN ('draft', 'handed_in')"))
        batch_op.drop_index('ix_task_work_handed_in_at', sqlite_where=sa.text("state = 'handed_in'"), postgresql_where=sa.text("state = 'handed_in'"))

    op.drop_table('task_work')
    with op.batch_alter_table('sign_in', schema=None) as batch_op:
        batch_op.drop_index('ix_sign_in_member_id')

    op.drop_table('sign_in')
    op.drop_table('second_factor_lift')
    op.drop_table('role_grant')
    op.drop_table('recovery_code')
    with op.batch_alter_table('place_request', schema=None) as batch_op:
        batch_op.drop_index('uq_place_request_open', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index('ix_place_request_state')

    op.drop_table('place_request')
    op.drop_table('notice_choice')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_index('ix_notice_member_id_on_site_id')
        batch_op.drop_index('ix_notice_mail_mailed_at')

    op.drop_table('notice')
    with op.batch_alter_table('mailed_link', schema=None) as batch_op:
        batch_op.drop_index('ix_mailed_link_member_id')

    op.drop_table('mailed_link')
    op.drop_table('lesson_record')
    with op.batch_alter_table('enrolment', schema=None) as batch_op:
        batch_op.drop_index('ix_enrolment_course_slug')

    op.drop_table('enrolment')
    op.drop_table('edition')
    op.drop_table('completion')
    op.drop_table('cohort')
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_index('uq_attempt_open', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.drop_index('ix_attempt_deadline', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.drop_table('attempt')
    op.drop_table('stored_file')
    op.drop_table('member')
    with op.batch_alter_table('limit_tally', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_limit_tally_closes_at'))

    op.drop_table('limit_tally')
    with op.batch_alter_table('letter', schema=None) as batch_op:
        batch_op.drop_index('ix_letter_to_email')
        batch_op.drop_index('ix_letter_state_next_try_at')

    op.drop_table('letter')
    op.drop_table('job_turn')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index('ix_job_due_at')

    op.drop_table('job')
    op.drop_table('course')
    with op.batch_alter_table('audit_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_entry_subject')
        batch_op.drop_index('ix_audit_entry_at_id')

    op.drop_table('audit_entry')
