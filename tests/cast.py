"""The people of the tests: Lena, Tariq, Ana, Max, Mina and Ada."""

from sqlalchemy.orm import Session

from academy.people.models import Member
from tests import makers


def lena(session: Session) -> Member:
    """A learner whose name is written in Cyrillic."""
    return makers.member(session, "Lena", legal_name="Елена Сәтбекқызы")


def tariq(session: Session) -> Member:
    """A trainer of every course."""
    return makers.member(session, "Tariq", roles=(("trainer", ""),))


def ana(session: Session) -> Member:
    """An alumna."""
    return makers.member(session, "Ana", alumna=True)


def max_(session: Session) -> Member:
    """A member who has nothing to do with the others."""
    return makers.member(session, "Max")


def mina(session: Session) -> Member:
    """A moderator."""
    return makers.member(session, "Mina", roles=(("moderator", ""),))


def ada(session: Session) -> Member:
    """An admin."""
    return makers.member(session, "Ada", roles=(("admin", ""),))
