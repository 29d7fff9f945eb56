"""Late opening, marking again, signed credentials, the life of certificates"""

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('certificate_checks',
    sa.Column('code', sa.String(length=32), nullable=False),
    sa.Column('month', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('code', 'month', name=op.f('pk_certificate_checks'))
    )
    op.create_table('signing_key',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('did', sa.String(length=255), nullable=False),
    sa.Column('public', sa.String(length=255), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('current', 'rotated', 'retired', 'revoked')", name=op.f('ck_signing_key_state')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signing_key')),
    sa.UniqueConstraint('name', name=op.f('uq_signing_key_name'))
    )
    with op.batch_alter_table('signing_key', schema=None) as batch_op:
        batch_op.create_index('uq_signing_key_current', ['state'], unique=True, sqlite_where=sa.text("state = 'current'"), postgresql_where=sa.text("state = 'current'"))

    op.create_table('status_list',
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changes', sa.Integer(), nullable=False),
    sa.Column('signed_changes', sa.Integer(), nullable=False),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('key_name', sa.String(length=32), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=True),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_status_list'))
    )
    op.create_table('certificate_name',
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('second_name', sa.String(length=255), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_certificate_name_member_id_member')),
    sa.PrimaryKeyConstraint('member_id', name=op.f('pk_certificate_name'))
    )
    op.create_table('certificate_share',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=32), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('shows_name', sa.Boolean(), nullable=False),
    sa.Column('shows_sheet', sa.Boolean(), nullable=False),
    sa.Column('shows_credential', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_certificate_share_member_id_member')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_share'))
    )
    with op.batch_alter_table('certificate_share', schema=None) as batch_op:
        batch_op.create_index('ix_certificate_share_code', ['code'], unique=False)
        batch_op.create_index('ix_certificate_share_member_id', ['member_id'], unique=False)

    op.create_table('certificate_template',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('language', sa.String(length=32), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('hours', sa.Integer(), nullable=False),
    sa.Column('months', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("kind IN ('service', 'simulation', 'event')", name=op.f('ck_certificate_template_kind')),
    sa.ForeignKeyConstraint(['made_by'], ['member.id'], name=op.f('fk_certificate_template_made_by_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_template'))
    )
    op.create_table('credential',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code', sa.String(length=32), nullable=False),
    sa.Column('generation', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=32), nullable=False),
    sa.Column('list_number', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('awaits_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('busy_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('signed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('key_name', sa.String(length=32), nullable=False),
    sa.Column('document', sa.LargeBinary(), nullable=True),
    sa.Column('statement', sa.LargeBinary(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('erased_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['list_number'], ['status_list.number'], name=op.f('fk_credential_list_number_status_list')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_credential')),
    sa.UniqueConstraint('code', name=op.f('uq_credential_code')),
    sa.UniqueConstraint('list_number', 'place', name=op.f('uq_credential_list_number_place'))
    )
    with op.batch_alter_table('credential', schema=None) as batch_op:
        batch_op.create_index('ix_credential_awaits_since', ['awaits_since'], unique=False, sqlite_where=sa.text('awaits_since IS NOT NULL'), postgresql_where=sa.text('awaits_since IS NOT NULL'))

    op.create_table('remarking',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('lesson_key', sa.String(length=140), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('questions', sa.Text(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('began_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['began_by'], ['member.id'], name=op.f('fk_remarking_began_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_remarking_course_slug_course')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remarking'))
    )
    with op.batch_alter_table('remarking', schema=None) as batch_op:
        batch_op.create_index('ix_remarking_course_slug', ['course_slug', 'lesson_key', 'began_at'], unique=False)
        batch_op.create_index('uq_remarking_running', ['course_slug', 'lesson_key'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('status_entry',
    sa.Column('list_number', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['list_number'], ['status_list.number'], name=op.f('fk_status_entry_list_number_status_list')),
    sa.PrimaryKeyConstraint('list_number', 'place', name=op.f('pk_status_entry'))
    )
    with op.batch_alter_table('status_entry', schema=None) as batch_op:
        batch_op.create_index('ix_status_entry_revoked', ['list_number', 'place'], unique=False, sqlite_where=sa.text('revoked_at IS NOT NULL'), postgresql_where=sa.text('revoked_at IS NOT NULL'))

    op.create_table('attempt_remark',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('attempt_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('remarking_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('questions', sa.Text(), nullable=False),
    sa.Column('score_before', sa.Integer(), nullable=False),
    sa.Column('score_after', sa.Integer(), nullable=False),
    sa.Column('passed_before', sa.Boolean(), nullable=True),
    sa.Column('passed_after', sa.Boolean(), nullable=True),
    sa.Column('marked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_attempt_remark_attempt_id_attempt'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['remarking_id'], ['remarking.id'], name=op.f('fk_attempt_remark_remarking_id_remarking'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attempt_remark')),
    sa.UniqueConstraint('attempt_id', 'remarking_id', name=op.f('uq_attempt_remark_attempt_id_remarking_id'))
    )
    with op.batch_alter_table('attempt_remark', schema=None) as batch_op:
        batch_op.create_index('ix_attempt_remark_run', ['remarking_id'], unique=False)

    op.create_table('certificate_batch',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=True),
    sa.Column('template_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('tier', sa.String(length=32), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint('(course_slug IS NULL) = (template_id IS NOT NULL)', name=op.f('ck_certificate_batch_source')),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_certificate_batch_course_slug_course')),
    sa.ForeignKeyConstraint(['made_by'], ['member.id'], name=op.f('fk_certificate_batch_made_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['template_id'], ['certificate_template.id'], name=op.f('fk_certificate_batch_template_id_certificate_template')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_batch'))
    )
    op.create_table('release_override',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('course_slug', sa.String(length=64), nullable=False),
    sa.Column('target', sa.String(length=140), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('cohort_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('opens_on', sa.Date(), nullable=True),
    sa.Column('shift_days', sa.Integer(), nullable=True),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('set_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("(target = '') = (shift_days IS NOT NULL)", name=op.f('ck_release_override_shift')),
    sa.CheckConstraint("target <> '' OR (cohort_id IS NOT NULL AND opens_on IS NULL)", name=op.f('ck_release_override_whole_course')),
    sa.CheckConstraint('(member_id IS NULL) <> (cohort_id IS NULL)', name=op.f('ck_release_override_whom')),
    sa.CheckConstraint('shift_days BETWEEN -3660 AND 3660', name=op.f('ck_release_override_shift_days')),
    sa.ForeignKeyConstraint(['cohort_id'], ['cohort.id'], name=op.f('fk_release_override_cohort_id_cohort'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['course_slug'], ['course.slug'], name=op.f('fk_release_override_course_slug_course')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_release_override_member_id_member'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['set_by'], ['member.id'], name=op.f('fk_release_override_set_by_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_release_override')),
    sa.UniqueConstraint('course_slug', 'target', 'cohort_id', name=op.f('uq_release_override_course_slug_target_cohort_id')),
    sa.UniqueConstraint('course_slug', 'target', 'member_id', name=op.f('uq_release_override_course_slug_target_member_id'))
    )
    with op.batch_alter_table('release_override', schema=None) as batch_op:
        batch_op.create_index('ix_release_override_cohort_id', ['cohort_id'], unique=False)
        batch_op.create_index('ix_release_override_member_id', ['member_id'], unique=False)

    op.create_table('certificate_batch_line',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('batch_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=32), nullable=False),
    sa.Column('certificate_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('refusal', sa.String(length=32), nullable=False),
    sa.Column('detail', sa.String(length=255), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'issued', 'held', 'refused')", name=op.f('ck_certificate_batch_line_state')),
    sa.ForeignKeyConstraint(['batch_id'], ['certificate_batch.id'], name=op.f('fk_certificate_batch_line_batch_id_certificate_batch')),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificate.id'], name=op.f('fk_certificate_batch_line_certificate_id_certificate')),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_certificate_batch_line_member_id_member')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_batch_line')),
    sa.UniqueConstraint('batch_id', 'member_id', name=op.f('uq_certificate_batch_line_batch_id_member_id'))
    )
    with op.batch_alter_table('certificate_batch_line', schema=None) as batch_op:
        batch_op.create_index('ix_certificate_batch_line_member_id', ['member_id'], unique=False)
        batch_op.create_index('ix_certificate_batch_line_waiting', ['id'], unique=False, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('certificate_request',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('certificate_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('member_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('wish', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('second_name', sa.String(length=255), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decision', sa.String(length=32), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.CheckConstraint("(decision = 'open') = (decided_at IS NULL)", name=op.f('ck_certificate_request_decided')),
    sa.CheckConstraint("decision IN ('open', 'done', 'refused')", name=op.f('ck_certificate_request_decision')),
    sa.CheckConstraint("wish IN ('name', 'renewal')", name=op.f('ck_certificate_request_wish')),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificate.id'], name=op.f('fk_certificate_request_certificate_id_certificate')),
    sa.ForeignKeyConstraint(['decided_by'], ['member.id'], name=op.f('fk_certificate_request_decided_by_member'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['member_id'], ['member.id'], name=op.f('fk_certificate_request_member_id_member')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_request'))
    )
    with op.batch_alter_table('certificate_request', schema=None) as batch_op:
        batch_op.create_index('ix_certificate_request_member_id', ['member_id'], unique=False)
        batch_op.create_index('ix_certificate_request_open', ['id'], unique=False, sqlite_where=sa.text("decision = 'open'"), postgresql_where=sa.text("decision = 'open'"))
        batch_op.create_index('uq_certificate_request_open', ['certificate_id', 'wish'], unique=True, sqlite_where=sa.text("decision = 'open'"), postgresql_where=sa.text("decision = 'open'"))

    op.create_table('certificate_version',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('certificate_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('holder_name', sa.String(length=255), nullable=False),
    sa.Column('second_name', sa.String(length=255), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('made_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['certificate_id'], ['certificate.id'], name=op.f('fk_certificate_version_certificate_id_certificate')),
    sa.ForeignKeyConstraint(['made_by'], ['member.id'], name=op.f('fk_certificate_version_made_by_member'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_certificate_version')),
    sa.UniqueConstraint('certificate_id', 'number', name=op.f('uq_certificate_version_certificate_id_number'))
    )
    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.add_column(sa.Column('keys', sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column('kept_score', sa.Integer(), nullable=True))
        batch_op.create_index('ix_attempt_course_slug', ['course_slug', 'lesson_key', 'edition'], unique=False)

    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.add_column(sa.Column('kind', sa.String(length=32), server_default='course', nullable=False))
        batch_op.add_column(sa.Column('template_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('texts', sa.JSON(), server_default=sa.text("'{}'"), nullable=False))
        batch_op.add_column(sa.Column('version', sa.Integer(), server_default=sa.text('1'), nullable=False))
        batch_op.add_column(sa.Column('second_name', sa.String(length=255), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column('excepted', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.alter_column('course_slug',
               existing_type=sa.VARCHAR(length=64),
               nullable=True)
        batch_op.create_index('ix_certificate_expires_at', ['expires_at'], unique=False, sqlite_where=sa.text('expires_at IS NOT NULL'), postgresql_where=sa.text('expires_at IS NOT NULL'))
        batch_op.create_index('uq_certificate_standing_template', ['member_id', 'template_id'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
        batch_op.create_foreign_key(batch_op.f('fk_certificate_template_id_certificate_template'), 'certificate_template', ['template_id'], ['id'])

    with op.batch_alter_table('stored_file', schema=None) as batch_op:
        batch_op.add_column(sa.Column('loose_since', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('certificate', schema=None) as batch_op:
        for column in ('kind', 'texts', 'version', 'second_name', 'excepted'):
            batch_op.alter_column(column, server_default=None)
        batch_op.drop_constraint('tier', type_='check')
        batch_op.create_check_constraint('tier', "tier IN ('completion', 'participation', '')")
        batch_op.create_check_constraint('kind', "kind IN ('course', 'service', 'simulation', 'event')")
        batch_op.create_check_constraint('course', "(kind = 'course') = (course_slug IS NOT NULL)")
        batch_op.create_check_constraint('template', "(kind = 'course') = (template_id IS NULL)")
        batch_op.create_check_constraint('tiered', "(kind = 'course') = (tier <> '')")
    op.execute(
        "INSERT INTO certificate_version (certificate_id, number, holder_name, second_name, made_at, made_by) "
        "SELECT id, 1, holder_name, '', issued_at, issued_by FROM certificate"
    )
    _keep_versions()


def _keep_versions() -> None:
    """Former documents stay: an erasure may still take the name out of them."""
    fixed = 'UPDATE OF certificate_id, number, made_at'
    if op.get_bind().dialect.name == 'sqlite':
        refuse = "BEGIN SELECT RAISE(ABORT, 'certificate_version is append-only'); END"
        op.execute(f'CREATE TRIGGER hand_certificate_version_no_update BEFORE {fixed} ON certificate_version {refuse}')
        op.execute(f'CREATE TRIGGER hand_certificate_version_no_delete BEFORE DELETE ON certificate_version {refuse}')
        return
    op.execute(
        "CREATE FUNCTION hand_kept() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    op.execute(
        f'CREATE TRIGGER hand_certificate_version_kept BEFORE {fixed} OR DELETE ON certificate_version '
        'FOR EACH ROW EXECUTE FUNCTION hand_kept()'
    )


def downgrade() -> None:
    # A certificate without a course has no place in the older tables: there, going back is refused while there is one.
    with op.batch_alter_table('certificate', schema=None) as batch_op:
        for name in ('tiered', 'template', 'course', 'kind', 'tier'):
            batch_op.drop_constraint(name, type_='check')
        batch_op.create_check_constraint('tier', "tier IN ('completion', 'participation')")

    with op.batch_alter_table('stored_file', schema=None) as batch_op:
        batch_op.drop_column('loose_since')

    with op.batch_alter_table('certificate', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_certificate_template_id_certificate_template'), type_='foreignkey')
        batch_op.drop_index('uq_certificate_standing_template', sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))
        batch_op.drop_index('ix_certificate_expires_at', sqlite_where=sa.text('expires_at IS NOT NULL'), postgresql_where=sa.text('expires_at IS NOT NULL'))
        batch_op.alter_column('course_slug',
               existing_type=sa.VARCHAR(length=64),
               nullable=False)
        batch_op.drop_column('expires_at')
        batch_op.drop_column('excepted')
        batch_op.drop_column('second_name')
        batch_op.drop_column('version')
        batch_op.drop_column('texts')
        batch_op.drop_column('template_id')
        batch_op.drop_column('kind')

    with op.batch_alter_table('attempt', schema=None) as batch_op:
        batch_op.drop_index('ix_attempt_course_slug')
        batch_op.drop_column('kept_score')
        batch_op.drop_column('keys')

    op.drop_table('certificate_version')
    if op.get_bind().dialect.name != 'sqlite':
        op.execute('DROP FUNCTION hand_kept()')
    with op.batch_alter_table('certificate_request', schema=None) as batch_op:
        batch_op.drop_index('uq_certificate_request_open', sqlite_where=sa.text("decision = 'open'"), postgresql_where=sa.text("decision = 'open'"))
        batch_op.drop_index('ix_certificate_request_open', sqlite_where=sa.text("decision = 'open'"), postgresql_where=sa.text("decision = 'open'"))
        batch_op.drop_index('ix_certificate_request_member_id')

    op.drop_table('certificate_request')
    with op.batch_alter_table('certificate_batch_line', schema=None) as batch_op:
        batch_op.drop_index('ix_certificate_batch_line_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index('ix_certificate_batch_line_member_id')

    op.drop_table('certificate_batch_line')
    with op.batch_alter_table('release_override', schema=None) as batch_op:
        batch_op.drop_index('ix_release_override_member_id')
        batch_op.drop_index('ix_release_override_cohort_id')

    op.drop_table('release_override')
    op.drop_table('certificate_batch')
    with op.batch_alter_table('attempt_remark', schema=None) as batch_op:
        batch_op.drop_index('ix_attempt_remark_run')

    op.drop_table('attempt_remark')
    with op.batch_alter_table('status_entry', schema=None) as batch_op:
        batch_op.drop_index('ix_status_entry_revoked', sqlite_where=sa.text('revoked_at IS NOT NULL'), postgresql_where=sa.text('revoked_at IS NOT NULL'))

    op.drop_table('status_entry')
    with op.batch_alter_table('remarking', schema=None) as batch_op:
        batch_op.drop_index('uq_remarking_running', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index('ix_remarking_course_slug')

    op.drop_table('remarking')
    with op.batch_alter_table('credential', schema=None) as batch_op:
        batch_op.drop_index('ix_credential_awaits_since', sqlite_where=sa.text('awaits_since IS NOT NULL'), postgresql_where=sa.text('awaits_since IS NOT NULL'))

    op.drop_table('credential')
    op.drop_table('certificate_template')
    with op.batch_alter_table('certificate_share', schema=None) as batch_op:
        batch_op.drop_index('ix_certificate_share_member_id')
        batch_op.drop_index('ix_certificate_share_code')

    op.drop_table('certificate_share')
    op.drop_table('certificate_name')
    op.drop_table('status_list')
    with op.batch_alter_table('signing_key', schema=None) as batch_op:
        batch_op.drop_index('uq_signing_key_current', sqlite_where=sa.text("state = 'current'"), postgresql_where=sa.text("state = 'current'"))

    op.drop_table('signing_key')
    op.drop_table('certificate_checks')
