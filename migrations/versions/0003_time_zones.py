"""Let members keep the academy's own time zone

Until now every member was written down in Tashkent, and times were shown in UTC all the same. From now on '' stands for
the academy's own zone, whatever the settings say it is, and only a choice is written down.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE member SET time_zone = '' WHERE time_zone = 'Asia/Tashkent'")


def downgrade() -> None:
    op.execute("UPDATE member SET time_zone = 'Asia/Tashkent' WHERE time_zone = ''")
