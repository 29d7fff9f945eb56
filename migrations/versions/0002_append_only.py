"""Keep the audit log and the history of certificates append-only

The database refuses to change a line, and to remove one that is younger than twelve months. Of a certificate's history the
erasure of a person may still change who did it and the private words.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = {"audit_entry": "UPDATE", "certificate_event": "UPDATE OF certificate_id, kind, at"}

POSTGRES_FUNCTION = """
CREATE FUNCTION hand_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND OLD.at < now() - interval '12 months' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END
$$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, change in TABLES.items():
            refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            op.execute(f"CREATE TRIGGER hand_{table}_no_update BEFORE {change} ON {table} {refuse}")
            op.execute(
                f"CREATE TRIGGER hand_{table}_no_delete BEFORE DELETE ON {table} "
                f"WHEN OLD.at >= datetime('now', '-12 months') {refuse}"
            )
        return
    op.execute(POSTGRES_FUNCTION)
    for table, change in TABLES.items():
        op.execute(
            f"CREATE TRIGGER hand_{table}_append_only BEFORE {change} OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION hand_append_only()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            op.execute(f"DROP TRIGGER hand_{table}_no_update")
            op.execute(f"DROP TRIGGER hand_{table}_no_delete")
        return
    for table in TABLES:
        op.execute(f"DROP TRIGGER hand_{table}_append_only ON {table}")
    op.execute("DROP FUNCTION hand_append_only()")
