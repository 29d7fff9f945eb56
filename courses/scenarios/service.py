"""Choose what happens next, go back, forget."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from academy.dialects import insert_into
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from courses.scenarios import rules
from courses.scenarios.models import ScenarioChoice, ScenarioWalk
from courses.scenarios.rules import Scenes, Walk

TABLES = (ScenarioWalk, ScenarioChoice)


class ElsewhereAlready(DomainError):
    """Whoever chooses has gone on from there, in another window or on another device."""

    status = 409
    sentence = _l("You have gone on from this scene already. Here is where you are now.")


@dataclass(frozen=True, slots=True)
class Stage:
    """A scenario and whoever walks through it."""

    member_id: int
    course_slug: str
    lesson_key: str
    scenes: Scenes

    @property
    def key(self) -> dict[str, int | str]:
        """What its rows are found by."""
        return {"member_id": self.member_id, "course_slug": self.course_slug, "lesson_key": self.lesson_key}


def choose(session: Session, *, stage: Stage, place: int | None, target: str, now: datetime) -> Walk:
    """Go from the scene at this place of the way to another one; twice is once. Raises ElsewhereAlready."""
    row, way = _locked(session, stage, now)
    if place is None or not (rules.is_taken(way, place, target) or rules.may_choose(way, place, target)):
        raise ElsewhereAlready
    if rules.is_taken(way, place, target):
        return way
    first = {**stage.key, "scene": way.here.id, "target": target, "chosen_at": now}
    session.execute(insert_into(ScenarioChoice, session.get_bind()).values(first).on_conflict_do_nothing())
    return _keep(row, stage, (*way.path, target), now)


def go_back(session: Session, *, stage: Stage, place: int, now: datetime) -> Walk:
    """Stand again in the scene at this place of the way."""
    row, way = _locked(session, stage, now)
    return _keep(row, stage, rules.back(way, place), now)


def _locked(session: Session, stage: Stage, now: datetime) -> tuple[ScenarioWalk, Walk]:
    start = next(iter(stage.scenes))
    new = insert_into(ScenarioWalk, session.get_bind()).values({**stage.key, "path": start, "changed_at": now})
    session.execute(new.on_conflict_do_nothing())
    row = session.scalars(select(ScenarioWalk).filter_by(**stage.key).with_for_update()).one()
    return row, rules.walk(stage.scenes, row.path.split())


def _keep(row: ScenarioWalk, stage: Stage, path: Sequence[str], now: datetime) -> Walk:
    row.path, row.changed_at = " ".join(path), now
    return rules.walk(stage.scenes, path)


def forget(session: Session, member_id: int) -> None:
    """Erase the ways and choices of a member."""
    for table in TABLES:
        session.execute(delete(table).where(table.member_id == member_id))


def follow(table: type[ScenarioWalk | ScenarioChoice]) -> Callable[[Session, str, str, str], None]:
    """A mover for one of the tables: rows under an old key go to the new one, unless its member has some there."""

    def move(session: Session, slug: str, old: str, new: str) -> None:
        there = select(table.member_id).where(table.course_slug == slug, table.lesson_key == new)
        under_old = (table.course_slug == slug, table.lesson_key == old)
        session.execute(delete(table).where(*under_old, table.member_id.in_(there)))
        session.execute(update(table).where(*under_old).values(lesson_key=new))

    return move
