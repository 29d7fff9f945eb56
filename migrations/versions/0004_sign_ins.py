"""Remember when members signed in last, and when they were told that an unused account goes

For members there are already, the count begins with this step: nobody is told or erased for the time before it.
"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("member", sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("member", sa.Column("warned_at", sa.DateTime(timezone=True), nullable=True))
    now = datetime.now(UTC)
    moment = now.replace(tzinfo=None) if op.get_bind().dialect.name == "sqlite" else now
    member = sa.table("member", sa.column("signed_in_at", sa.DateTime(timezone=True)))
    op.execute(member.update().values(signed_in_at=moment))


def downgrade() -> None:
    op.drop_column("member", "warned_at")
    op.drop_column("member", "signed_in_at")
