"""Which revision the tables are at, and which this code was written for: Alembic is needed only to change them."""

from functools import cache
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

FOLDER = Path(__file__).resolve().parents[2] / "migrations"


@cache
def head() -> str:
    """The revision this code was written for, by the names of the migrations; '' while there is none."""
    names = (file.name for file in (FOLDER / "versions").glob("[0-9]*_*.py"))
    return max((name.partition("_")[0] for name in names), default="")


def revision_in(session: Session) -> str:
    """The revision the tables are at, asked in a session; raises when the database does not answer."""
    return session.scalar(text("SELECT version_num FROM alembic_version")) or ""
