"""The part of earlier graduates in the demo: a list in every state, and a table that somebody still looks at."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from academy.people import queries as people
from academy.people.models import Member
from alumni.graduates import service
from alumni.graduates.models import INVITED, LISTED, REFUSED, EarlierGraduate, GraduateImport
from alumni.graduates.placing import give_place
from alumni.graduates.rules import name_key

PEOPLE = (
    ("Aizada Toktosunova", "aizada.t@example.org", 2019, "KG", LISTED),
    ("Farrukh Nazarov", "farrukh.n@example.org", 2019, "TJ", INVITED),
    ("Гүлнар Ахметова", "gulnar.a@example.org", 2020, "KZ", INVITED),
    ("Ogulnabat Annaýewa", "", 2020, "TM", LISTED),
    ("Сардор Юлдашев", "sardor.y@example.org", 2021, "UZ", LISTED),
    ("پروانه احمدزی", "", 2021, "AF", LISTED),
    ("Nurlan Sadyrov", "", 2021, "KG", REFUSED),
)
TABLE = [
    ["Ф.И.О.", "E-mail", "Год"],
    ["Сардор Юлдашев", "sardor.y@example.org", "2021"],
    ["Мадина Расулова", "madina.r@example.org", "2022"],
    ["Jasur Olimov", "jasur at example.org", "2022"],
    ["Айгерим Болотова", "", "2022"],
    ["Toktosunova Aizada", "aizada.new@example.org", "2019"],
]


def chapter(session: Session, demo: Mapping[str, int], now: datetime) -> None:
    """Seven people from three years; the demo's alumna finished with one of these cohorts too."""
    for name, email, year, country, state in PEOPLE:
        cohort_id = service.cohort_named(session, name="", year=year, now=now)
        written = state == INVITED
        session.add(
            EarlierGraduate(
                cohort_id=cohort_id,
                name=name,
                name_key=name_key(name),
                email=email,
                email_key=email,
                country=country,
                state=state,
                letters=int(written),
                created_at=now - timedelta(days=9),
                invited_at=now - timedelta(days=3) if written else None,
                expires_at=now + timedelta(days=27) if written else None,
                answered_at=now - timedelta(days=1) if state == REFUSED else None,
            )
        )
    session.flush()
    admin = session.get_one(Member, demo["admin"])
    alumna, by = session.get_one(Member, demo["alumnus"]), people.as_actor(session, admin)
    give_place(session, member_id=alumna.id, name=alumna.display_name, cohort="", year=2021, by=by, now=now)
    draft = {"heading": 0, "columns": ["name", "email", "year"], "created_at": now - timedelta(hours=2)}
    session.add(GraduateImport(made_by=admin.id, file_name="Выпускники 2019–2022.xlsx", rows=TABLE, **draft))
    session.flush()
