"""Bytes of course files that nothing names are cleared away after a week, and never what is named."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock, db
from academy.jobs.registry import the_registry
from academy.people.models import Member
from courses.authoring.models import DraftFile
from courses.catalogue import stored, sweeping
from courses.catalogue.models import StoredFile
from courses.catalogue.stored import digest_of
from tests.courses import publishing_stage as stage

NOW = clock.now()
DAY = timedelta(days=1)
LOOSE = b"Bytes that nothing names."


@pytest.fixture
def worker(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def sweep(now: datetime) -> None:
    sweeping.sweep({}, now)


def kept(session: Session) -> set[str]:
    session.expire_all()
    found = set(session.scalars(select(StoredFile.digest)))
    session.rollback()
    return found


def put(session: Session, content: bytes = LOOSE) -> str:
    stored.keep(session, [content])
    session.commit()
    return digest_of(content)


@pytest.mark.usefixtures("worker")
def test_what_nothing_names_goes_after_a_week(session: Session) -> None:
    digest = put(session)
    for day in range(8):
        sweep(NOW + day * DAY)
        assert digest in kept(session), "a week is waited"
    sweep(NOW + 8 * DAY)
    assert digest not in kept(session)


@pytest.mark.usefixtures("worker")
def test_what_an_edition_a_draft_or_a_step_names_stays(session: Session, tariq: Member, ana: Member) -> None:
    stage.begin(session, tariq)
    stage.write(session, tariq, {stage.LESSON: stage.changed()})
    stage.write(session, ana, {stage.LESSON: stage.text(stage.LESSON)})
    before = kept(session)
    assert digest_of(stage.changed().encode()) in before, "only a step of the draft names it"
    for day in (0, 8, 16):
        sweep(NOW + day * DAY)
    assert kept(session) == before


@pytest.mark.usefixtures("worker")
def test_what_is_named_again_in_time_waits_anew(session: Session, tariq: Member) -> None:
    stage.begin(session, tariq)
    digest = put(session)
    sweep(NOW)
    named = DraftFile(course_slug=stage.SLUG, path="media/again.txt", digest=digest, changed_at=NOW)
    session.add(named)
    session.commit()
    sweep(NOW + 8 * DAY)
    session.delete(named)
    session.commit()
    sweep(NOW + 9 * DAY)
    sweep(NOW + 15 * DAY)
    assert digest in kept(session), "it has been loose for six days"
    sweep(NOW + 17 * DAY)
    assert digest not in kept(session)


class Killed(Exception):
    """The worker ended before it could commit."""


def die_after(portion: list[str]) -> None:
    with db.the_database().transaction() as own:
        sweeping._sweep(own, portion, NOW + 8 * DAY)  # noqa: SLF001  the portion at hand
        raise Killed


@pytest.mark.usefixtures("worker")
def test_a_worker_that_dies_leaves_whole_portions(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    digests = {put(session, f"Bytes {number}.".encode()) for number in range(5)}
    monkeypatch.setattr(sweeping, "SOME", 2)
    sweep(NOW)
    with pytest.raises(Killed):
        die_after(sorted(digests)[:2])
    assert kept(session) >= digests, "what was not committed is not done"
    sweep(NOW + 8 * DAY)
    assert not kept(session) & digests


@pytest.mark.usefixtures("worker")
def test_every_table_that_names_files_is_asked_and_the_worker_does_it_daily() -> None:
    asked = {f"{column.table.name}.{column.name}" for column in sweeping.naming()}
    assert asked >= {"edition_file.digest", "draft_file.digest"}
    assert len(asked) >= 4, asked
    assert the_registry().intervals[sweeping.SWEEP] == DAY
