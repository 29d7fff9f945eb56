"""The alumni network, and scenarios"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('event',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('host_kind', sa.String(length=32), nullable=False),
    sa.Column('host_key', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('title', sa.String(length=255), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('text_html', sa.Text(), nullable=False),
    sa.Column('begins_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('time_zone', sa.String(length=32), nullable=False),
    sa.Column('form', sa.String(length=32), nullable=False),
    sa.Column('town', sa.String(length=255), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('link', sa.Text(), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('going', sa.Integer(), nullable=False),
    sa.Column('needs_approval', sa.Boolean(), nullable=False),
    sa.Column('for_learners', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('notes', sa.Text(), nullable=False),
    sa.Column('notes_html', sa.Text(), nullable=False),
    sa.Column('notes_for', sa.String(length=32), nullable=False),
    sa.Column('attendance_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('day_told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('hour_told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("form IN ('online', 'in_person')", name=op.f('ck_event_form')),
    sa.CheckConstraint("notes_for IN ('guests', 'everyone')", name=op.f('ck_event_notes_for')),
    sa.CheckConstraint("state IN ('proposed', 'open', 'refused', 'cancelled')", name=op.f('ck_event_state')),
    sa.CheckConstraint('ends_at > begins_at', name=op.f('ck_event_ends')),
    sa.CheckConstraint('going >= 0 AND (seats IS NULL OR going <= seats)', name=op.f('ck_event_seats')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event'))
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index('ix_event_begins_at', ['begins_at', 'id'], unique=False)
        batch_op.create_index('ix_event_host', ['host_kind', 'host_key', 'begins_at'], unique=False)
        batch_op.create_index('ix_event_state', ['state', 'begins_at'], unique=False)

    op.create_table('past_cohort',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('name_key', sa.String(length=255), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('year BETWEEN 1950 AND 2100', name=op.f('ck_past_cohort_year')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_past_cohort')),
    sa.UniqueConstraint('year', 'name_key', name=op.f('uq_past_cohort_year_name_key'))
    )
    op.create_table('block',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('blocked_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('member_id <> blocked_id', name=op.f('ck_block_another')),
    sa.ForeignKeyConstraint(['blocked_id'], ['member.id'], name=op.f('fk_block_blocked_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_block_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'blocked_id', name=op.f('pk_block'))
    )
    with op.batch_alter_table('block', schema=None) as batch_op:
        batch_op.create_index('ix_block_blocked_id', ['blocked_id'], unique=False)

    op.create_table('calendar_feed',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_calendar_feed_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_calendar_feed')),
    sa.UniqueConstraint('member_id', name=op.f('uq_calendar_feed_member_id')),
    sqlite_autoincrement=True
    )
    op.create_table('conversation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('low_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('high_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('origin', sa.String(length=32), nullable=False),
    sa.Column('asked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('asked', 'declined', 'withdrawn', 'open', 'closed')", name=op.f('ck_conversation_state')),
    sa.CheckConstraint('low_id < high_id', name=op.f('ck_conversation_two')),
    sa.ForeignKeyConstraint(['asked_by'], ['member.id'], name=op.f('fk_conversation_asked_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['high_id'], ['member.id'], name=op.f('fk_conversation_high_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['low_id'], ['member.id'], name=op.f('fk_conversation_low_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_conversation')),
    sa.UniqueConstraint('low_id', 'high_id', name=op.f('uq_conversation_low_id_high_id'))
    )
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.create_index('ix_conversation_asked_by_state', ['asked_by', 'state'], unique=False)
        batch_op.create_index('ix_conversation_last_at', ['last_at'], unique=False)
        batch_op.create_index('ix_conversation_state_asked_at', ['state', 'asked_at'], unique=False)

    op.create_table('digest_choice',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('frequency', sa.String(length=32), nullable=False),
    sa.Column('quiet_from', sa.SmallInteger(), nullable=False),
    sa.Column('quiet_to', sa.SmallInteger(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('next_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("frequency IN ('never', 'weekly', 'monthly')", name=op.f('ck_digest_choice_frequency')),
    sa.CheckConstraint('quiet_from BETWEEN 0 AND 23 AND quiet_to BETWEEN 0 AND 23', name=op.f('ck_digest_choice_quiet')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_digest_choice_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_digest_choice'))
    )
    with op.batch_alter_table('digest_choice', schema=None) as batch_op:
        batch_op.create_index('ix_digest_choice_next_at', ['next_at', 'member_id'], unique=False)

    op.create_table('digest_person',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('open_since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_digest_person_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_digest_person'))
    )
    with op.batch_alter_table('digest_person', schema=None) as batch_op:
        batch_op.create_index('ix_digest_person_open_since', ['open_since', 'member_id'], unique=False)

    op.create_table('earlier_graduate',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('cohort_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('name_key', sa.String(length=255), nullable=False),
    sa.Column('email', sa.String(length=255), nullable=False),
    sa.Column('email_key', sa.String(length=255), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('token_hash', sa.String(length=255), nullable=False),
    sa.Column('letters', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'confirmed') = (member_id IS NOT NULL)", name=op.f('ck_earlier_graduate_confirmed')),
    sa.CheckConstraint("state IN ('listed', 'waiting', 'invited', 'confirmed', 'refused', 'withdrawn')", name=op.f('ck_earlier_graduate_state')),
    sa.ForeignKeyConstraint(['cohort_id'], ['past_cohort.id'], name=op.f('fk_earlier_graduate_cohort_id_past_cohort')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_earlier_graduate_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_earlier_graduate'))
    )
    with op.batch_alter_table('earlier_graduate', schema=None) as batch_op:
        batch_op.create_index('ix_earlier_graduate_cohort_id', ['cohort_id', 'name_key'], unique=False)
        batch_op.create_index('ix_earlier_graduate_member_id', ['member_id'], unique=False)
        batch_op.create_index('ix_earlier_graduate_name_key', ['name_key'], unique=False)
        batch_op.create_index('ix_earlier_graduate_state', ['state', 'id'], unique=False)
        batch_op.create_index('uq_earlier_graduate_email_key', ['email_key'], unique=True, sqlite_where=sa.text("email_key <> ''"), postgresql_where=sa.text("email_key <> ''"))
        batch_op.create_index('uq_earlier_graduate_token_hash', ['token_hash'], unique=True, sqlite_where=sa.text("token_hash <> ''"), postgresql_where=sa.text("token_hash <> ''"))

    op.create_table('event_guest',
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('came', sa.Boolean(), nullable=True),
    sa.CheckConstraint("state IN ('asked', 'going', 'waiting', 'not_going', 'declined')", name=op.f('ck_event_guest_state')),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_guest_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_event_guest_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'member_id', name=op.f('pk_event_guest'))
    )
    with op.batch_alter_table('event_guest', schema=None) as batch_op:
        batch_op.create_index('ix_event_guest_member_id', ['member_id', 'state'], unique=False)
        batch_op.create_index('ix_event_guest_state', ['event_id', 'state', 'since'], unique=False)

    op.create_table('event_host',
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_host_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_event_host_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'member_id', name=op.f('pk_event_host'))
    )
    with op.batch_alter_table('event_host', schema=None) as batch_op:
        batch_op.create_index('ix_event_host_member_id', ['member_id', 'event_id'], unique=False)

    op.create_table('event_language',
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_language_event_id_event'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'code', name=op.f('pk_event_language'))
    )
    with op.batch_alter_table('event_language', schema=None) as batch_op:
        batch_op.create_index('ix_event_language_code', ['code', 'event_id'], unique=False)

    op.create_table('facilitator',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_facilitator_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_facilitator')),
    sa.UniqueConstraint('member_id', name=op.f('uq_facilitator_member_id'))
    )
    with op.batch_alter_table('facilitator', schema=None) as batch_op:
        batch_op.create_index('ix_facilitator_there', ['id'], unique=False, sqlite_where=sa.text('stopped_at IS NULL'), postgresql_where=sa.text('stopped_at IS NULL'))

    op.create_table('graduate_import',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('file_name', sa.String(length=255), nullable=False),
    sa.Column('rows', sa.JSON(), nullable=False),
    sa.Column('heading', sa.Integer(), nullable=False),
    sa.Column('columns', sa.JSON(), nullable=False),
    sa.Column('cohort', sa.String(length=255), nullable=False),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('others', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['made_by'], ['member.id'], name=op.f('fk_graduate_import_made_by_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_graduate_import'))
    )
    with op.batch_alter_table('graduate_import', schema=None) as batch_op:
        batch_op.create_index('ix_graduate_import_created_at', ['created_at'], unique=False)

    op.create_table('mentor',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('capacity', sa.SmallInteger(), nullable=False),
    sa.Column('taken', sa.SmallInteger(), nullable=False),
    sa.Column('serves', sa.String(length=32), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('paused_until', sa.Date(), nullable=True),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("serves IN ('network', 'academy')", name=op.f('ck_mentor_serves')),
    sa.CheckConstraint('capacity BETWEEN 1 AND 10', name=op.f('ck_mentor_capacity')),
    sa.CheckConstraint('taken BETWEEN 0 AND capacity', name=op.f('ck_mentor_taken')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_mentor_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentor')),
    sa.UniqueConstraint('member_id', name=op.f('uq_mentor_member_id'))
    )
    with op.batch_alter_table('mentor', schema=None) as batch_op:
        batch_op.create_index('ix_mentor_there', ['id'], unique=False, sqlite_where=sa.text('stopped_at IS NULL'), postgresql_where=sa.text('stopped_at IS NULL'))

    op.create_table('mentoring_request',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('topic', sa.String(length=32), nullable=False),
    sa.Column('goal', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("(state = 'waiting') = (closed_at IS NULL)", name=op.f('ck_mentoring_request_closed')),
    sa.CheckConstraint("state IN ('waiting', 'accepted', 'unanswered', 'withdrawn')", name=op.f('ck_mentoring_request_state')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_mentoring_request_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_request'))
    )
    with op.batch_alter_table('mentoring_request', schema=None) as batch_op:
        batch_op.create_index('ix_mentoring_request_member_id', ['member_id', 'id'], unique=False)
        batch_op.create_index('uq_mentoring_request_waiting', ['member_id'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('message_choice',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('who', sa.SmallInteger(), nullable=False),
    sa.CheckConstraint('who BETWEEN 0 AND 2', name=op.f('ck_message_choice_who')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_message_choice_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_message_choice'))
    )
    op.create_table('message_draft',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('other_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_message_draft_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['member.id'], name=op.f('fk_message_draft_other_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'other_id', name=op.f('pk_message_draft'))
    )
    op.create_table('minor',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('noted_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_minor_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['noted_by'], ['member.id'], name=op.f('fk_minor_noted_by_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_minor'))
    )
    op.create_table('moderation_case',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('origin', sa.String(length=32), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('owner_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('rank', sa.SmallInteger(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('reports', sa.Integer(), nullable=False),
    sa.Column('hidden', sa.Boolean(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('claimed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('claimed_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('on_thing', sa.String(length=32), nullable=False),
    sa.Column('on_person', sa.String(length=32), nullable=False),
    sa.Column('reason', sa.String(length=32), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('appeal', sa.String(length=32), nullable=False),
    sa.Column('appeal_words', sa.Text(), nullable=False),
    sa.Column('appealed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('appeal_answer', sa.Text(), nullable=False),
    sa.Column('appeal_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('appeal_answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.CheckConstraint("appeal IN ('', 'open', 'granted', 'refused')", name=op.f('ck_moderation_case_appeal')),
    sa.CheckConstraint("on_person IN ('', 'warned', 'silenced', 'suspended')", name=op.f('ck_moderation_case_on_person')),
    sa.CheckConstraint("on_thing IN ('', 'kept', 'hidden', 'removed', 'approved', 'refused', 'gone')", name=op.f('ck_moderation_case_on_thing')),
    sa.CheckConstraint("origin IN ('reported', 'review')", name=op.f('ck_moderation_case_origin')),
    sa.CheckConstraint("state IN ('open', 'decided')", name=op.f('ck_moderation_case_state')),
    sa.ForeignKeyConstraint(['appeal_by'], ['member.id'], name=op.f('fk_moderation_case_appeal_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['claimed_by'], ['member.id'], name=op.f('fk_moderation_case_claimed_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['decided_by'], ['member.id'], name=op.f('fk_moderation_case_decided_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['owner_id'], ['member.id'], name=op.f('fk_moderation_case_owner_id_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moderation_case'))
    )
    with op.batch_alter_table('moderation_case', schema=None) as batch_op:
        batch_op.create_index('ix_moderation_case_appeal', ['id'], unique=False, sqlite_where=sa.text("appeal = 'open'"), postgresql_where=sa.text("appeal = 'open'"))
        batch_op.create_index('ix_moderation_case_decided_at', ['decided_at'], unique=False)
        batch_op.create_index('ix_moderation_case_opened_at', ['opened_at'], unique=False)
        batch_op.create_index('ix_moderation_case_owner_id_id', ['owner_id', 'id'], unique=False)
        batch_op.create_index('ix_moderation_case_state_rank_id', ['state', 'rank', 'id'], unique=False)
        batch_op.create_index('uq_moderation_case_open', ['kind', 'number', 'origin'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.create_table('network_group',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('name_key', sa.String(length=255), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('entry', sa.String(length=32), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('for_whom', sa.String(length=255), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('description_html', sa.Text(), nullable=False),
    sa.Column('rules', sa.Text(), nullable=False),
    sa.Column('rules_html', sa.Text(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('proposed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("entry IN ('open', 'request', 'hidden')", name=op.f('ck_network_group_entry')),
    sa.CheckConstraint("kind IN ('country', 'theme', 'caucus')", name=op.f('ck_network_group_kind')),
    sa.CheckConstraint("state IN ('proposed', 'open', 'archived', 'declined')", name=op.f('ck_network_group_state')),
    sa.CheckConstraint('people >= 0', name=op.f('ck_network_group_people')),
    sa.ForeignKeyConstraint(['proposed_by'], ['member.id'], name=op.f('fk_network_group_proposed_by_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_group')),
    sa.UniqueConstraint('key', name=op.f('uq_network_group_key'))
    )
    with op.batch_alter_table('network_group', schema=None) as batch_op:
        batch_op.create_index('ix_network_group_entry', ['entry', 'key'], unique=False)
        batch_op.create_index('ix_network_group_state_name_key', ['state', 'name_key', 'id'], unique=False)

    op.create_table('opportunity',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('poster_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('title', sa.String(length=255), nullable=False),
    sa.Column('organisation', sa.String(length=255), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('remote', sa.Boolean(), nullable=False),
    sa.Column('languages', sa.String(length=255), nullable=False),
    sa.Column('topic', sa.String(length=32), nullable=False),
    sa.Column('pay', sa.String(length=32), nullable=False),
    sa.Column('fee', sa.String(length=255), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('text_html', sa.Text(), nullable=False),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('zone', sa.String(length=32), nullable=False),
    sa.Column('open_ended', sa.Boolean(), nullable=False),
    sa.Column('for_learners', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('hidden_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('shown_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('poster_reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False),
    sa.CheckConstraint("kind IN ('job', 'call', 'scholarship', 'internship', 'fellowship')", name=op.f('ck_opportunity_kind')),
    sa.CheckConstraint("pay IN ('paid', 'costs', 'unpaid', 'none')", name=op.f('ck_opportunity_pay')),
    sa.CheckConstraint("state IN ('waiting', 'shown', 'refused', 'withdrawn', 'filled')", name=op.f('ck_opportunity_state')),
    sa.ForeignKeyConstraint(['poster_id'], ['member.id'], name=op.f('fk_opportunity_poster_id_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opportunity'))
    )
    with op.batch_alter_table('opportunity', schema=None) as batch_op:
        batch_op.create_index('ix_opportunity_poster_id_id', ['poster_id', 'id'], unique=False)
        batch_op.create_index('ix_opportunity_state_closes_at_id', ['state', 'closes_at', 'id'], unique=False)

    op.create_table('place_claim',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('cohort', sa.String(length=255), nullable=False),
    sa.Column('code', sa.String(length=255), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("state IN ('open', 'given', 'declined')", name=op.f('ck_place_claim_state')),
    sa.CheckConstraint('year BETWEEN 1950 AND 2100', name=op.f('ck_place_claim_year')),
    sa.ForeignKeyConstraint(['decided_by'], ['member.id'], name=op.f('fk_place_claim_decided_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_place_claim_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_place_claim'))
    )
    with op.batch_alter_table('place_claim', schema=None) as batch_op:
        batch_op.create_index('ix_place_claim_member_id', ['member_id', 'id'], unique=False)
        batch_op.create_index('ix_place_claim_state', ['state', 'id'], unique=False)
        batch_op.create_index('uq_place_claim_open', ['member_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))

    op.create_table('profile',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('handle', sa.String(length=64), nullable=False),
    sa.Column('pen_name', sa.String(length=255), nullable=False),
    sa.Column('shown_name', sa.String(length=255), nullable=False),
    sa.Column('name_key', sa.String(length=255), nullable=False),
    sa.Column('photo', sa.String(length=64), nullable=False),
    sa.Column('country', sa.String(length=2), nullable=False),
    sa.Column('town', sa.String(length=255), nullable=False),
    sa.Column('field', sa.String(length=32), nullable=False),
    sa.Column('organisation', sa.String(length=255), nullable=False),
    sa.Column('story', sa.Text(), nullable=False),
    sa.Column('story_html', sa.Text(), nullable=False),
    sa.Column('gender', sa.String(length=32), nullable=False),
    sa.Column('indexed', sa.Boolean(), nullable=False),
    sa.Column('show_name', sa.SmallInteger(), nullable=False),
    sa.Column('show_photo', sa.SmallInteger(), nullable=False),
    sa.Column('show_cohort', sa.SmallInteger(), nullable=False),
    sa.Column('show_country', sa.SmallInteger(), nullable=False),
    sa.Column('show_town', sa.SmallInteger(), nullable=False),
    sa.Column('show_languages', sa.SmallInteger(), nullable=False),
    sa.Column('show_field', sa.SmallInteger(), nullable=False),
    sa.Column('show_organisation', sa.SmallInteger(), nullable=False),
    sa.Column('show_skills', sa.SmallInteger(), nullable=False),
    sa.Column('show_story', sa.SmallInteger(), nullable=False),
    sa.Column('show_links', sa.SmallInteger(), nullable=False),
    sa.Column('show_offers', sa.SmallInteger(), nullable=False),
    sa.Column('show_seeks', sa.SmallInteger(), nullable=False),
    sa.Column('show_record', sa.SmallInteger(), nullable=False),
    sa.Column('hidden_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('withheld_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('show_cohort BETWEEN 0 AND 3', name=op.f('ck_profile_show_cohort')),
    sa.CheckConstraint('show_country BETWEEN 0 AND 3', name=op.f('ck_profile_show_country')),
    sa.CheckConstraint('show_field BETWEEN 0 AND 3', name=op.f('ck_profile_show_field')),
    sa.CheckConstraint('show_languages BETWEEN 0 AND 3', name=op.f('ck_profile_show_languages')),
    sa.CheckConstraint('show_links BETWEEN 0 AND 3', name=op.f('ck_profile_show_links')),
    sa.CheckConstraint('show_name BETWEEN 0 AND 3', name=op.f('ck_profile_show_name')),
    sa.CheckConstraint('show_offers BETWEEN 0 AND 3', name=op.f('ck_profile_show_offers')),
    sa.CheckConstraint('show_organisation BETWEEN 0 AND 3', name=op.f('ck_profile_show_organisation')),
    sa.CheckConstraint('show_photo BETWEEN 0 AND 3', name=op.f('ck_profile_show_photo')),
    sa.CheckConstraint('show_record BETWEEN 0 AND 3', name=op.f('ck_profile_show_record')),
    sa.CheckConstraint('show_seeks BETWEEN 0 AND 3', name=op.f('ck_profile_show_seeks')),
    sa.CheckConstraint('show_skills BETWEEN 0 AND 3', name=op.f('ck_profile_show_skills')),
    sa.CheckConstraint('show_story BETWEEN 0 AND 3', name=op.f('ck_profile_show_story')),
    sa.CheckConstraint('show_town BETWEEN 0 AND 3', name=op.f('ck_profile_show_town')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_profile_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_profile')),
    sa.UniqueConstraint('handle', name=op.f('uq_profile_handle'))
    )
    with op.batch_alter_table('profile', schema=None) as batch_op:
        batch_op.create_index('ix_profile_name_key', ['name_key', 'member_id'], unique=False)

    op.create_table('saved_search',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_saved_search_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_search'))
    )
    with op.batch_alter_table('saved_search', schema=None) as batch_op:
        batch_op.create_index('ix_saved_search_member_id', ['member_id'], unique=False)

    op.create_table('scenario_choice',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('lesson_key', sa.String(length=140), nullable=False),
    sa.Column('scene', sa.String(length=32), nullable=False),
    sa.Column('target', sa.String(length=32), nullable=False),
    sa.Column('chosen_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_scenario_choice_course_slug_course')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_scenario_choice_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'course_slug', 'lesson_key', 'scene', name=op.f('pk_scenario_choice'))
    )
    with op.batch_alter_table('scenario_choice', schema=None) as batch_op:
        batch_op.create_index('ix_scenario_choice_course_slug', ['course_slug', 'lesson_key', 'scene', 'target'], unique=False)

    op.create_table('scenario_walk',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('lesson_key', sa.String(length=140), nullable=False),
    sa.Column('path', sa.Text(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_scenario_walk_course_slug_course')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_scenario_walk_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'course_slug', 'lesson_key', name=op.f('pk_scenario_walk'))
    )
    with op.batch_alter_table('scenario_walk', schema=None) as batch_op:
        batch_op.create_index('ix_scenario_walk_course_slug', ['course_slug', 'lesson_key'], unique=False)

    op.create_table('conversation_side',
    sa.Column('conversation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('other_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('box', sa.String(length=32), nullable=False),
    sa.Column('last_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('from_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('unread', sa.Integer(), nullable=False),
    sa.Column('muted', sa.Boolean(), nullable=False),
    sa.CheckConstraint("box IN ('talks', 'to_me', 'from_me', 'gone')", name=op.f('ck_conversation_side_box')),
    sa.CheckConstraint('unread >= 0', name=op.f('ck_conversation_side_unread')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_conversation_side_conversation_id_conversation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_conversation_side_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['other_id'], ['member.id'], name=op.f('fk_conversation_side_other_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('conversation_id', 'member_id', name=op.f('pk_conversation_side'))
    )
    with op.batch_alter_table('conversation_side', schema=None) as batch_op:
        batch_op.create_index('ix_conversation_side_member_id_box', ['member_id', 'box', 'last_id'], unique=False)

    op.create_table('directory_card',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['profile.member_id'], name=op.f('fk_directory_card_member_id_profile'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_directory_card'))
    )
    op.create_table('directory_entry',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=255), nullable=False),
    sa.Column('level', sa.SmallInteger(), nullable=False),
    sa.Column('rank', sa.SmallInteger(), nullable=False),
    sa.Column('name_key', sa.String(length=255).with_variant(sa.String(length=255, collation='C'), 'postgresql'), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['profile.member_id'], name=op.f('fk_directory_entry_member_id_profile'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'kind', 'key', name=op.f('pk_directory_entry'))
    )
    with op.batch_alter_table('directory_entry', schema=None) as batch_op:
        batch_op.create_index('ix_directory_entry_by_name', ['kind', 'key', 'name_key', 'member_id', 'level', 'rank'], unique=False)
        batch_op.create_index('ix_directory_entry_by_time', ['kind', 'key', 'since', 'member_id', 'level', 'rank'], unique=False)

    op.create_table('event_file',
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('upload_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_event_file_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_event_file_upload_id_upload'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('event_id', 'upload_id', name=op.f('pk_event_file'))
    )
    with op.batch_alter_table('event_file', schema=None) as batch_op:
        batch_op.create_index('ix_event_file_upload_id', ['upload_id'], unique=False)

    op.create_table('facilitator_term',
    sa.Column('facilitator_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.CheckConstraint("kind IN ('topics', 'languages', 'formats')", name=op.f('ck_facilitator_term_kind')),
    sa.ForeignKeyConstraint(['facilitator_id'], ['facilitator.id'], name=op.f('fk_facilitator_term_facilitator_id_facilitator'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('facilitator_id', 'kind', 'key', name=op.f('pk_facilitator_term'))
    )
    with op.batch_alter_table('facilitator_term', schema=None) as batch_op:
        batch_op.create_index('ix_facilitator_term_key', ['kind', 'key', 'facilitator_id'], unique=False)

    op.create_table('former_handle',
    sa.Column('handle', sa.String(length=64), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['profile.member_id'], name=op.f('fk_former_handle_member_id_profile'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('handle', name=op.f('pk_former_handle'))
    )
    with op.batch_alter_table('former_handle', schema=None) as batch_op:
        batch_op.create_index('ix_former_handle_member_id', ['member_id'], unique=False)

    op.create_table('group_ban',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['network_group.id'], name=op.f('fk_group_ban_group_id_network_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_group_ban_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_ban')),
    sa.UniqueConstraint('group_id', 'member_id', name=op.f('uq_group_ban_group_id_member_id'))
    )
    with op.batch_alter_table('group_ban', schema=None) as batch_op:
        batch_op.create_index('ix_group_ban_member_id', ['member_id'], unique=False)

    op.create_table('group_invitation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('invited_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['network_group.id'], name=op.f('fk_group_invitation_group_id_network_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['invited_by'], ['member.id'], name=op.f('fk_group_invitation_invited_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_group_invitation_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_invitation')),
    sa.UniqueConstraint('group_id', 'member_id', name=op.f('uq_group_invitation_group_id_member_id'))
    )
    with op.batch_alter_table('group_invitation', schema=None) as batch_op:
        batch_op.create_index('ix_group_invitation_invited_by', ['invited_by'], unique=False)
        batch_op.create_index('ix_group_invitation_member_id', ['member_id'], unique=False)

    op.create_table('group_language',
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['network_group.id'], name=op.f('fk_group_language_group_id_network_group'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('group_id', 'code', name=op.f('pk_group_language'))
    )
    with op.batch_alter_table('group_language', schema=None) as batch_op:
        batch_op.create_index('ix_group_language_code', ['code', 'group_id'], unique=False)

    op.create_table('group_member',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('is_convener', sa.Boolean(), nullable=False),
    sa.Column('shown', sa.Boolean(), nullable=False),
    sa.Column('offers_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('joined_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['network_group.id'], name=op.f('fk_group_member_group_id_network_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_group_member_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_member')),
    sa.UniqueConstraint('group_id', 'member_id', name=op.f('uq_group_member_group_id_member_id'))
    )
    with op.batch_alter_table('group_member', schema=None) as batch_op:
        batch_op.create_index('ix_group_member_group_id_id', ['group_id', 'id'], unique=False)
        batch_op.create_index('ix_group_member_member_id', ['member_id'], unique=False)

    op.create_table('group_note',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=255), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('written_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['network_group.id'], name=op.f('fk_group_note_group_id_network_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_by'], ['member.id'], name=op.f('fk_group_note_written_by_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_note'))
    )
    with op.batch_alter_table('group_note', schema=None) as batch_op:
        batch_op.create_index('ix_group_note_group_id_id', ['group_id', 'id'], unique=False)

    op.create_table('group_request',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sentence', sa.Text(), nullable=False),
    sa.Column('shown', sa.Boolean(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['network_group.id'], name=op.f('fk_group_request_group_id_network_group'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_group_request_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_group_request')),
    sa.UniqueConstraint('group_id', 'member_id', name=op.f('uq_group_request_group_id_member_id'))
    )
    with op.batch_alter_table('group_request', schema=None) as batch_op:
        batch_op.create_index('ix_group_request_member_id', ['member_id'], unique=False)

    op.create_table('lesson_text',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('edition_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('key', sa.String(length=140), nullable=False),
    sa.Column('language', sa.String(length=32), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_lesson_text_edition_id_edition'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson_text'))
    )
    with op.batch_alter_table('lesson_text', schema=None) as batch_op:
        batch_op.create_index('ix_lesson_text_course_slug', ['course_slug'], unique=False)

    op.create_table('mentor_term',
    sa.Column('mentor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.CheckConstraint("kind IN ('topics', 'languages')", name=op.f('ck_mentor_term_kind')),
    sa.ForeignKeyConstraint(['mentor_id'], ['mentor.id'], name=op.f('fk_mentor_term_mentor_id_mentor'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('mentor_id', 'kind', 'key', name=op.f('pk_mentor_term'))
    )
    with op.batch_alter_table('mentor_term', schema=None) as batch_op:
        batch_op.create_index('ix_mentor_term_key', ['kind', 'key', 'mentor_id'], unique=False)

    op.create_table('mentoring_choice',
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('place', sa.SmallInteger(), nullable=False),
    sa.Column('mentor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.CheckConstraint("state <> 'asked' OR expires_at IS NOT NULL", name=op.f('ck_mentoring_choice_expires')),
    sa.CheckConstraint("state IN ('later', 'asked', 'accepted', 'declined', 'expired', 'passed', 'withdrawn')", name=op.f('ck_mentoring_choice_state')),
    sa.ForeignKeyConstraint(['mentor_id'], ['mentor.id'], name=op.f('fk_mentoring_choice_mentor_id_mentor'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['request_id'], ['mentoring_request.id'], name=op.f('fk_mentoring_choice_request_id_mentoring_request'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('request_id', 'place', name=op.f('pk_mentoring_choice')),
    sa.UniqueConstraint('request_id', 'mentor_id', name=op.f('uq_mentoring_choice_request_id_mentor_id'))
    )
    with op.batch_alter_table('mentoring_choice', schema=None) as batch_op:
        batch_op.create_index('ix_mentoring_choice_expires_at', ['expires_at'], unique=False, sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))
        batch_op.create_index('ix_mentoring_choice_mentor_id', ['mentor_id', 'state'], unique=False)
        batch_op.create_index('uq_mentoring_choice_asked', ['request_id'], unique=True, sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))

    op.create_table('mentorship',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('request_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('mentor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('mentee_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('topic', sa.String(length=32), nullable=False),
    sa.Column('goal', sa.Text(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('conversation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('mentor_thanks', sa.Text(), nullable=False),
    sa.Column('mentee_thanks', sa.Text(), nullable=False),
    sa.Column('mentor_agrees', sa.Boolean(), nullable=False),
    sa.Column('mentee_agrees', sa.Boolean(), nullable=False),
    sa.CheckConstraint('mentor_id <> mentee_id', name=op.f('ck_mentorship_two')),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_mentorship_conversation_id_conversation'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['ended_by'], ['member.id'], name=op.f('fk_mentorship_ended_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['mentee_id'], ['member.id'], name=op.f('fk_mentorship_mentee_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['mentor_id'], ['member.id'], name=op.f('fk_mentorship_mentor_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['request_id'], ['mentoring_request.id'], name=op.f('fk_mentorship_request_id_mentoring_request'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentorship')),
    sa.UniqueConstraint('request_id', name=op.f('uq_mentorship_request_id'))
    )
    with op.batch_alter_table('mentorship', schema=None) as batch_op:
        batch_op.create_index('ix_mentorship_conversation_id', ['conversation_id'], unique=False, sqlite_where=sa.text('conversation_id IS NOT NULL'), postgresql_where=sa.text('conversation_id IS NOT NULL'))
        batch_op.create_index('ix_mentorship_mentee_id', ['mentee_id', 'ended_at'], unique=False)
        batch_op.create_index('ix_mentorship_mentor_id', ['mentor_id', 'ended_at'], unique=False)

    op.create_table('message',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('conversation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('token', sa.String(length=32), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('upload_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('removed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name=op.f('fk_message_author_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_message_conversation_id_conversation'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_message_upload_id_upload'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_message')),
    sa.UniqueConstraint('author_id', 'token', name=op.f('uq_message_author_id_token'))
    )
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.create_index('ix_message_conversation_id', ['conversation_id', 'id'], unique=False)
        batch_op.create_index('ix_message_upload_id', ['upload_id'], unique=False)

    op.create_table('moderation_entry',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('act', sa.String(length=32), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['member.id'], name=op.f('fk_moderation_entry_by_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['case_id'], ['moderation_case.id'], name=op.f('fk_moderation_entry_case_id_moderation_case'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moderation_entry'))
    )
    with op.batch_alter_table('moderation_entry', schema=None) as batch_op:
        batch_op.create_index('ix_moderation_entry_case_id_id', ['case_id', 'id'], unique=False)

    op.create_table('moderation_report',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reporter_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.String(length=32), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['moderation_case.id'], name=op.f('fk_moderation_report_case_id_moderation_case'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['reporter_id'], ['member.id'], name=op.f('fk_moderation_report_reporter_id_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moderation_report')),
    sa.UniqueConstraint('case_id', 'reporter_id', name=op.f('uq_moderation_report_case_id_reporter_id'))
    )
    with op.batch_alter_table('moderation_report', schema=None) as batch_op:
        batch_op.create_index('ix_moderation_report_made_at', ['made_at', 'reason'], unique=False)
        batch_op.create_index('ix_moderation_report_reporter_id_id', ['reporter_id', 'id'], unique=False)

    op.create_table('moderation_silence',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['moderation_case.id'], name=op.f('fk_moderation_silence_case_id_moderation_case'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_moderation_silence_member_id_member'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moderation_silence')),
    sa.UniqueConstraint('case_id', name=op.f('uq_moderation_silence_case_id'))
    )
    with op.batch_alter_table('moderation_silence', schema=None) as batch_op:
        batch_op.create_index('ix_moderation_silence_member_id_until', ['member_id', 'until'], unique=False)

    op.create_table('opportunity_mark',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opportunity_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('unwanted_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_opportunity_mark_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['opportunity_id'], ['opportunity.id'], name=op.f('fk_opportunity_mark_opportunity_id_opportunity'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'opportunity_id', name=op.f('pk_opportunity_mark'))
    )
    with op.batch_alter_table('opportunity_mark', schema=None) as batch_op:
        batch_op.create_index('ix_opportunity_mark_opportunity_id', ['opportunity_id'], unique=False)

    op.create_table('profile_language',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=32), nullable=False),
    sa.Column('level', sa.String(length=32), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['profile.member_id'], name=op.f('fk_profile_language_member_id_profile'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'code', name=op.f('pk_profile_language'))
    )
    with op.batch_alter_table('profile_language', schema=None) as batch_op:
        batch_op.create_index('ix_profile_language_code', ['code', 'member_id'], unique=False)

    op.create_table('profile_link',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(length=255), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['profile.member_id'], name=op.f('fk_profile_link_member_id_profile'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile_link')),
    sa.UniqueConstraint('member_id', 'place', name=op.f('uq_profile_link_member_id_place'))
    )
    op.create_table('profile_photo',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('upload_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['profile.member_id'], name=op.f('fk_profile_photo_member_id_profile'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['upload_id'], ['upload.id'], name=op.f('fk_profile_photo_upload_id_upload'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'name', name=op.f('pk_profile_photo'))
    )
    with op.batch_alter_table('profile_photo', schema=None) as batch_op:
        batch_op.create_index('ix_profile_photo_upload_id', ['upload_id'], unique=False)

    op.create_table('profile_term',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('key', sa.String(length=255), nullable=False),
    sa.Column('words', sa.String(length=255), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.CheckConstraint("kind IN ('skills', 'offers', 'seeks')", name=op.f('ck_profile_term_kind')),
    sa.ForeignKeyConstraint(['member_id'], ['profile.member_id'], name=op.f('fk_profile_term_member_id_profile'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('member_id', 'kind', 'key', name=op.f('pk_profile_term'))
    )
    with op.batch_alter_table('profile_term', schema=None) as batch_op:
        batch_op.create_index('ix_profile_term_key', ['kind', 'key', 'member_id'], unique=False)

    op.create_table('saved_search_person',
    sa.Column('search_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_saved_search_person_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['search_id'], ['saved_search.id'], name=op.f('fk_saved_search_person_search_id_saved_search'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('search_id', 'member_id', name=op.f('pk_saved_search_person'))
    )
    with op.batch_alter_table('saved_search_person', schema=None) as batch_op:
        batch_op.create_index('ix_saved_search_person_member_id', ['member_id'], unique=False)

    op.create_table('certificate_service_wish',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('lines', sa.JSON(), nullable=False),
    sa.Column('page', sa.String(length=255), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decision', sa.String(length=32), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('certificate_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("(decision = 'open') = (decided_at IS NULL)", name=op.f('ck_certificate_service_wish_decided')),
    sa.CheckConstraint("decision IN ('open', 'done', 'refused')", name=op.f('ck_certificate_service_wish_decision')),
    sa.CheckConstraint('hours > 0', name=op.f('ck_certificate_service_wish_hours')),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificate.id'], name=op.f('fk_certificate_service_wish_certificate_id_certificate')),
    sa.ForeignKeyConstraint(['decided_by'], ['member.id'], name=op.f('fk_certificate_service_wish_decided_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_certificate_service_wish_member_id_member')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_service_wish'))
    )
    with op.batch_alter_table('certificate_service_wish', schema=None) as batch_op:
        batch_op.create_index('ix_certificate_service_wish_member_id', ['member_id', 'id'], unique=False)
        batch_op.create_index('uq_certificate_service_wish_open', ['member_id'], unique=True, sqlite_where=sa.text("decision = 'open'"), postgresql_where=sa.text("decision = 'open'"))

    op.create_table('mentoring_meeting',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('mentorship_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.String(length=255), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reminded_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name=op.f('fk_mentoring_meeting_author_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['mentorship_id'], ['mentorship.id'], name=op.f('fk_mentoring_meeting_mentorship_id_mentorship'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentoring_meeting'))
    )
    with op.batch_alter_table('mentoring_meeting', schema=None) as batch_op:
        batch_op.create_index('ix_mentoring_meeting_at', ['at'], unique=False, sqlite_where=sa.text('reminded_at IS NULL AND cancelled_at IS NULL'), postgresql_where=sa.text('reminded_at IS NULL AND cancelled_at IS NULL'))
        batch_op.create_index('ix_mentoring_meeting_mentorship_id', ['mentorship_id', 'at'], unique=False)

    op.create_table('mentorship_goal',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('mentorship_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('words', sa.String(length=255), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('planned', 'under_way', 'done', 'dropped')", name=op.f('ck_mentorship_goal_state')),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name=op.f('fk_mentorship_goal_author_id_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['mentorship_id'], ['mentorship.id'], name=op.f('fk_mentorship_goal_mentorship_id_mentorship'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mentorship_goal'))
    )
    with op.batch_alter_table('mentorship_goal', schema=None) as batch_op:
        batch_op.create_index('ix_mentorship_goal_mentorship_id', ['mentorship_id', 'id'], unique=False)

    op.create_table('facilitation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=255), nullable=False),
    sa.Column('cohort', sa.String(length=255), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.String(length=255), nullable=False),
    sa.Column('expected', sa.SmallInteger(), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('invited_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('invited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('conversation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('logged', sa.SmallInteger(), nullable=True),
    sa.Column('logged_words', sa.Text(), nullable=False),
    sa.Column('logged_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('returned_words', sa.Text(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('thanks', sa.Text(), nullable=False),
    sa.Column('wish_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("confirmed_at IS NULL OR (logged IS NOT NULL AND state = 'accepted')", name=op.f('ck_facilitation_confirmed')),
    sa.CheckConstraint("state IN ('invited', 'accepted', 'declined', 'cancelled')", name=op.f('ck_facilitation_state')),
    sa.CheckConstraint('expected > 0', name=op.f('ck_facilitation_expected')),
    sa.CheckConstraint('logged IS NULL OR logged > 0', name=op.f('ck_facilitation_logged')),
    sa.CheckConstraint('wish_id IS NULL OR confirmed_at IS NOT NULL', name=op.f('ck_facilitation_used')),
    sa.ForeignKeyConstraint(['confirmed_by'], ['member.id'], name=op.f('fk_facilitation_confirmed_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['conversation_id'], ['conversation.id'], name=op.f('fk_facilitation_conversation_id_conversation'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['invited_by'], ['member.id'], name=op.f('fk_facilitation_invited_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_facilitation_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['wish_id'], ['certificate_service_wish.id'], name=op.f('fk_facilitation_wish_id_certificate_service_wish'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_facilitation'))
    )
    with op.batch_alter_table('facilitation', schema=None) as batch_op:
        batch_op.create_index('ix_facilitation_conversation_id', ['conversation_id'], unique=False, sqlite_where=sa.text('conversation_id IS NOT NULL'), postgresql_where=sa.text('conversation_id IS NOT NULL'))
        batch_op.create_index('ix_facilitation_invited_by', ['invited_by', 'id'], unique=False)
        batch_op.create_index('ix_facilitation_logged_at', ['logged_at', 'id'], unique=False, sqlite_where=sa.text('logged IS NOT NULL AND confirmed_at IS NULL'), postgresql_where=sa.text('logged IS NOT NULL AND confirmed_at IS NULL'))
        batch_op.create_index('ix_facilitation_member_id', ['member_id', 'id'], unique=False)

    op.create_table('mentoring_note',
    sa.Column('meeting_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['member.id'], name=op.f('fk_mentoring_note_author_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['meeting_id'], ['mentoring_meeting.id'], name=op.f('fk_mentoring_note_meeting_id_mentoring_meeting'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('meeting_id', 'author_id', name=op.f('pk_mentoring_note'))
    )
    with op.batch_alter_table('mentoring_note', schema=None) as batch_op:
        batch_op.create_index('ix_mentoring_note_author_id', ['author_id'], unique=False)
    _make_indexes_of_words()


SEARCHED = {'search_people': 'cohort, network, everyone', 'search_lessons': 'words'}


def _make_indexes_of_words() -> None:
    """What searches look through; the worker fills it from what is there."""
    bind = op.get_bind()
    for name, parts in SEARCHED.items():
        if bind.dialect.name != 'sqlite':
            op.execute(f'CREATE TABLE {name} (id BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)')
            op.execute(f'CREATE INDEX {name}_words ON {name} USING GIN (words)')
            continue
        op.execute(f"CREATE VIRTUAL TABLE {name} USING fts5({parts}, tokenize='ascii', prefix='2 3', detail='column')")
        if bind.dialect.server_version_info >= (3, 42):
            op.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('secure-delete', 1)")


def downgrade() -> None:
    for name in SEARCHED:
        op.execute(f'DROP TABLE {name}')
    with op.batch_alter_table('mentoring_note', schema=None) as batch_op:
        batch_op.drop_index('ix_mentoring_note_author_id')

    op.drop_table('mentoring_note')
    with op.batch_alter_table('facilitation', schema=None) as batch_op:
        batch_op.drop_index('ix_facilitation_member_id')
        batch_op.drop_index('ix_facilitation_logged_at', sqlite_where=sa.text('logged IS NOT NULL AND confirmed_at IS NULL'), postgresql_where=sa.text('logged IS NOT NULL AND confirmed_at IS NULL'))
        batch_op.drop_index('ix_facilitation_invited_by')
        batch_op.drop_index('ix_facilitation_conversation_id', sqlite_where=sa.text('conversation_id IS NOT NULL'), postgresql_where=sa.text('conversation_id IS NOT NULL'))

    op.drop_table('facilitation')
    with op.batch_alter_table('mentorship_goal', schema=None) as batch_op:
        batch_op.drop_index('ix_mentorship_goal_mentorship_id')

    op.drop_table('mentorship_goal')
    with op.batch_alter_table('mentoring_meeting', schema=None) as batch_op:
        batch_op.drop_index('ix_mentoring_meeting_mentorship_id')
        batch_op.drop_index('ix_mentoring_meeting_at', sqlite_where=sa.text('reminded_at IS NULL AND cancelled_at IS NULL'), postgresql_where=sa.text('reminded_at IS NULL AND cancelled_at IS NULL'))

    op.drop_table('mentoring_meeting')
    with op.batch_alter_table('certificate_service_wish', schema=None) as batch_op:
        batch_op.drop_index('uq_certificate_service_wish_open', sqlite_where=sa.text("decision = 'open'"), postgresql_where=sa.text("decision = 'open'"))
        batch_op.drop_index('ix_certificate_service_wish_member_id')

    op.drop_table('certificate_service_wish')
    with op.batch_alter_table('saved_search_person', schema=None) as batch_op:
        batch_op.drop_index('ix_saved_search_person_member_id')

    op.drop_table('saved_search_person')
    with op.batch_alter_table('profile_term', schema=None) as batch_op:
        batch_op.drop_index('ix_profile_term_key')

    op.drop_table('profile_term')
    with op.batch_alter_table('profile_photo', schema=None) as batch_op:
        batch_op.drop_index('ix_profile_photo_upload_id')

    op.drop_table('profile_photo')
    op.drop_table('profile_link')
    with op.batch_alter_table('profile_language', schema=None) as batch_op:
        batch_op.drop_index('ix_profile_language_code')

    op.drop_table('profile_language')
    with op.batch_alter_table('opportunity_mark', schema=None) as batch_op:
        batch_op.drop_index('ix_opportunity_mark_opportunity_id')

    op.drop_table('opportunity_mark')
    with op.batch_alter_table('moderation_silence', schema=None) as batch_op:
        batch_op.drop_index('ix_moderation_silence_member_id_until')

    op.drop_table('moderation_silence')
    with op.batch_alter_table('moderation_report', schema=None) as batch_op:
        batch_op.drop_index('ix_moderation_report_reporter_id_id')
        batch_op.drop_index('ix_moderation_report_made_at')

    op.drop_table('moderation_report')
    with op.batch_alter_table('moderation_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_moderation_entry_case_id_id')

    op.drop_table('moderation_entry')
    with op.batch_alter_table('message', schema=None) as batch_op:
        batch_op.drop_index('ix_message_upload_id')
        batch_op.drop_index('ix_message_conversation_id')

    op.drop_table('message')
    with op.batch_alter_table('mentorship', schema=None) as batch_op:
        batch_op.drop_index('ix_mentorship_mentor_id')
        batch_op.drop_index('ix_mentorship_mentee_id')
        batch_op.drop_index('ix_mentorship_conversation_id', sqlite_where=sa.text('conversation_id IS NOT NULL'), postgresql_where=sa.text('conversation_id IS NOT NULL'))

    op.drop_table('mentorship')
    with op.batch_alter_table('mentoring_choice', schema=None) as batch_op:
        batch_op.drop_index('uq_mentoring_choice_asked', sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))
        batch_op.drop_index('ix_mentoring_choice_mentor_id')
        batch_op.drop_index('ix_mentoring_choice_expires_at', sqlite_where=sa.text("state = 'asked'"), postgresql_where=sa.text("state = 'asked'"))

    op.drop_table('mentoring_choice')
    with op.batch_alter_table('mentor_term', schema=None) as batch_op:
        batch_op.drop_index('ix_mentor_term_key')

    op.drop_table('mentor_term')
    with op.batch_alter_table('lesson_text', schema=None) as batch_op:
        batch_op.drop_index('ix_lesson_text_course_slug')

    op.drop_table('lesson_text')
    with op.batch_alter_table('group_request', schema=None) as batch_op:
        batch_op.drop_index('ix_group_request_member_id')

    op.drop_table('group_request')
    with op.batch_alter_table('group_note', schema=None) as batch_op:
        batch_op.drop_index('ix_group_note_group_id_id')

    op.drop_table('group_note')
    with op.batch_alter_table('group_member', schema=None) as batch_op:
        batch_op.drop_index('ix_group_member_member_id')
        batch_op.drop_index('ix_group_member_group_id_id')

    op.drop_table('group_member')
    with op.batch_alter_table('group_language', schema=None) as batch_op:
        batch_op.drop_index('ix_group_language_code')

    op.drop_table('group_language')
    with op.batch_alter_table('group_invitation', schema=None) as batch_op:
        batch_op.drop_index('ix_group_invitation_member_id')
        batch_op.drop_index('ix_group_invitation_invited_by')

    op.drop_table('group_invitation')
    with op.batch_alter_table('group_ban', schema=None) as batch_op:
        batch_op.drop_index('ix_group_ban_member_id')

    op.drop_table('group_ban')
    with op.batch_alter_table('former_handle', schema=None) as batch_op:
        batch_op.drop_index('ix_former_handle_member_id')

    op.drop_table('former_handle')
    with op.batch_alter_table('facilitator_term', schema=None) as batch_op:
        batch_op.drop_index('ix_facilitator_term_key')

    op.drop_table('facilitator_term')
    with op.batch_alter_table('event_file', schema=None) as batch_op:
        batch_op.drop_index('ix_event_file_upload_id')

    op.drop_table('event_file')
    with op.batch_alter_table('directory_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_directory_entry_by_time')
        batch_op.drop_index('ix_directory_entry_by_name')

    op.drop_table('directory_entry')
    op.drop_table('directory_card')
    with op.batch_alter_table('conversation_side', schema=None) as batch_op:
        batch_op.drop_index('ix_conversation_side_member_id_box')

    op.drop_table('conversation_side')
    with op.batch_alter_table('scenario_walk', schema=None) as batch_op:
        batch_op.drop_index('ix_scenario_walk_course_slug')

    op.drop_table('scenario_walk')
    with op.batch_alter_table('scenario_choice', schema=None) as batch_op:
        batch_op.drop_index('ix_scenario_choice_course_slug')

    op.drop_table('scenario_choice')
    with op.batch_alter_table('saved_search', schema=None) as batch_op:
        batch_op.drop_index('ix_saved_search_member_id')

    op.drop_table('saved_search')
    with op.batch_alter_table('profile', schema=None) as batch_op:
        batch_op.drop_index('ix_profile_name_key')

    op.drop_table('profile')
    with op.batch_alter_table('place_claim', schema=None) as batch_op:
        batch_op.drop_index('uq_place_claim_open', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.drop_index('ix_place_claim_state')
        batch_op.drop_index('ix_place_claim_member_id')

    op.drop_table('place_claim')
    with op.batch_alter_table('opportunity', schema=None) as batch_op:
        batch_op.drop_index('ix_opportunity_state_closes_at_id')
        batch_op.drop_index('ix_opportunity_poster_id_id')

    op.drop_table('opportunity')
    with op.batch_alter_table('network_group', schema=None) as batch_op:
        batch_op.drop_index('ix_network_group_state_name_key')
        batch_op.drop_index('ix_network_group_entry')

    op.drop_table('network_group')
    with op.batch_alter_table('moderation_case', schema=None) as batch_op:
        batch_op.drop_index('uq_moderation_case_open', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
        batch_op.drop_index('ix_moderation_case_state_rank_id')
        batch_op.drop_index('ix_moderation_case_owner_id_id')
        batch_op.drop_index('ix_moderation_case_opened_at')
        batch_op.drop_index('ix_moderation_case_decided_at')
        batch_op.drop_index('ix_moderation_case_appeal', sqlite_where=sa.text("appeal = 'open'"), postgresql_where=sa.text("appeal = 'open'"))

    op.drop_table('moderation_case')
    op.drop_table('minor')
    op.drop_table('message_draft')
    op.drop_table('message_choice')
    with op.batch_alter_table('mentoring_request', schema=None) as batch_op:
        batch_op.drop_index('uq_mentoring_request_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index('ix_mentoring_request_member_id')

    op.drop_table('mentoring_request')
    with op.batch_alter_table('mentor', schema=None) as batch_op:
        batch_op.drop_index('ix_mentor_there', sqlite_where=sa.text('stopped_at IS NULL'), postgresql_where=sa.text('stopped_at IS NULL'))

    op.drop_table('mentor')
    with op.batch_alter_table('graduate_import', schema=None) as batch_op:
        batch_op.drop_index('ix_graduate_import_created_at')

    op.drop_table('graduate_import')
    with op.batch_alter_table('facilitator', schema=None) as batch_op:
        batch_op.drop_index('ix_facilitator_there', sqlite_where=sa.text('stopped_at IS NULL'), postgresql_where=sa.text('stopped_at IS NULL'))

    op.drop_table('facilitator')
    with op.batch_alter_table('event_language', schema=None) as batch_op:
        batch_op.drop_index('ix_event_language_code')

    op.drop_table('event_language')
    with op.batch_alter_table('event_host', schema=None) as batch_op:
        batch_op.drop_index('ix_event_host_member_id')

    op.drop_table('event_host')
    with op.batch_alter_table('event_guest', schema=None) as batch_op:
        batch_op.drop_index('ix_event_guest_state')
        batch_op.drop_index('ix_event_guest_member_id')

    op.drop_table('event_guest')
    with op.batch_alter_table('earlier_graduate', schema=None) as batch_op:
        batch_op.drop_index('uq_earlier_graduate_token_hash', sqlite_where=sa.text("token_hash <> ''"), postgresql_where=sa.text("token_hash <> ''"))
        batch_op.drop_index('uq_earlier_graduate_email_key', sqlite_where=sa.text("email_key <> ''"), postgresql_where=sa.text("email_key <> ''"))
        batch_op.drop_index('ix_earlier_graduate_state')
        batch_op.drop_index('ix_earlier_graduate_name_key')
        batch_op.drop_index('ix_earlier_graduate_member_id')
        batch_op.drop_index('ix_earlier_graduate_cohort_id')

    op.drop_table('earlier_graduate')
    with op.batch_alter_table('digest_person', schema=None) as batch_op:
        batch_op.drop_index('ix_digest_person_open_since')

    op.drop_table('digest_person')
    with op.batch_alter_table('digest_choice', schema=None) as batch_op:
        batch_op.drop_index('ix_digest_choice_next_at')

    op.drop_table('digest_choice')
    with op.batch_alter_table('conversation', schema=None) as batch_op:
        batch_op.drop_index('ix_conversation_state_asked_at')
        batch_op.drop_index('ix_conversation_last_at')
        batch_op.drop_index('ix_conversation_asked_by_state')

    op.drop_table('conversation')
    op.drop_table('calendar_feed')
    with op.batch_alter_table('block', schema=None) as batch_op:
        batch_op.drop_index('ix_block_blocked_id')

    op.drop_table('block')
    op.drop_table('past_cohort')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index('ix_event_state')
        batch_op.drop_index('ix_event_host')
        batch_op.drop_index('ix_event_begins_at')

    op.drop_table('event')
