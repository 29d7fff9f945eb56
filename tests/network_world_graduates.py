"""Earlier graduates in the world of the table of permissions: one invited, one not yet, one table being looked at."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from academy.people.presence import hash_of
from alumni.graduates.models import INVITED, EarlierGraduate, GraduateImport
from alumni.graduates.rules import name_key
from alumni.graduates.service import cohort_named
from alumni.invitations.links import token_of
from alumni.invitations.models import PlaceClaim

TOKEN = "a-link-that-only-one-letter-had"
NAME, ADDRESS, OTHER = "Gulnora Earlier", "gulnora.private@example.org", "Bek Before"
CLAIMED = "Noor As She Was"
SECRETS = {
    "the name of an earlier graduate": (NAME, frozenset({"ada"})),
    "what somebody was called then": (CLAIMED, frozenset({"ada"})),
    "another's name": (OTHER, frozenset({"ada"})),
    "the address of an earlier graduate": (ADDRESS, frozenset({"ada"})),
}


def build(session: Session, people: Mapping[str, Member]) -> dict[str, str]:
    """Two on the list, and a table; what they are called in addresses."""
    now = clock.now()
    cohort = cohort_named(session, name="", year=2019, now=now)
    common = {"cohort_id": cohort, "created_at": now}
    invited = EarlierGraduate(
        name=NAME, name_key=name_key(NAME), email=ADDRESS, email_key=ADDRESS, state=INVITED, letters=1,
        token_hash=hash_of(TOKEN), invited_at=now, expires_at=now + timedelta(days=30), **common,
    )  # fmt: skip
    other = "bek@example.org"
    listed = EarlierGraduate(name=OTHER, name_key=name_key(OTHER), email=other, email_key=other, **common)
    table = GraduateImport(
        made_by=people["ada"].id, file_name="Years.xlsx", rows=[["Name", "Year"], ["Nobody Known", "2018"]], heading=0,
        columns=["name", "year"], created_at=now,
    )  # fmt: skip
    claim = PlaceClaim(
        member_id=people["noor"].id, name=CLAIMED, year=2018, words="We met on the bridge.", asked_at=now
    )
    session.add_all((invited, listed, table, claim))
    session.flush()
    session.commit()
    numbers = {"graduate": invited.id, "graduate_listed": listed.id, "graduate_table": table.id, "claim": claim.id}
    return {
        "graduate-token": TOKEN,
        "cohort-link": token_of(f"p{cohort}"),
        **{name: str(number) for name, number in numbers.items()},
    }
