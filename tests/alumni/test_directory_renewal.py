"""What people are found by is made anew after a change of its rules: by the worker once, or by hand."""

from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, event, func, select, update
from sqlalchemy.orm import Session

from academy import clock
from academy.folding import document
from academy.jobs import running
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.directory import renewing
from alumni.directory.models import TEXTS, DirectoryCard, DirectoryEntry
from alumni.directory.queries import told_by
from alumni.directory.rules import found_by, listed, texts_of
from alumni.profiles.models import Profile
from tests import makers
from tests.alumni.profile_stage import profile
from tests.browser import Browser

A_MOMENT = 0.5  # seconds


@pytest.fixture
def zoya(session: Session) -> Member:
    """Zoya shows the network a bit of herself; a version before this one indexed her wrongly."""
    made = makers.member(session, "Zoya", alumna=True)
    profile(session, made, country="KG", story="A canal of two villages", skills=["Mediation"])
    session.execute(update(DirectoryEntry).values(key="OLD"))
    session.execute(update(DirectoryCard).values(said="{}"))
    TEXTS.put(session, {made.id: ("", "mistaken", "")})
    session.commit()
    return made


def found(browser: Browser, ana: Member) -> list[str]:
    """By which of these Ana finds Zoya."""
    hers = browser.signed_in(ana)
    asked = ("", "country=KG", "q=villages", "skill=mediation", "q=mistaken")
    return [each for each in asked if "Zoya" in hers.open(f"/alumni/?{each}").text]


def test_by_hand(app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member) -> None:
    del session, zoya
    assert found(browser, ana) == ["q=mistaken"]
    for _twice in range(2):
        said = app.test_cli_runner().invoke(args=["directory", "renew"])
        assert "1 people can be found by what their profiles say now." in said.output
        assert found(browser, ana) == ["", "country=KG", "q=villages", "skill=mediation"]


def test_by_the_worker_once_for_each_version(app: Flask, browser: Browser, ana: Member, zoya: Member) -> None:
    del zoya
    with app.app_context():
        running.tick(clock.now())
        running.run_due(clock.now())
    assert found(browser, ana) == ["", "country=KG", "q=villages", "skill=mediation"]
    with app.app_context(), app.extensions["academy.database"].transaction() as own:
        own.execute(delete(DirectoryEntry))
    with app.app_context():
        running.tick(clock.now())
        running.run_due(clock.now())
    assert found(browser, ana) == ["q=villages"]


def test_many_are_done_some_at_a_time(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewing, "AT_ONCE", 2)
    for name in ("Ana", "Max", "Zoya", "Lena", "Mina"):
        profile(session, makers.member(session, name, alumna=True))
    session.execute(delete(DirectoryEntry))
    session.commit()
    with app.app_context():
        assert list(renewing.renewed()) == [2, 4, 5]
    assert session.scalar(select(func.count()).select_from(DirectoryEntry)) == 5


def test_what_is_closed_meanwhile_stays_closed(app: Flask, session: Session, zoya: Member) -> None:
    database, closing = app.extensions["academy.database"], list[Thread]()

    def close() -> None:
        with app.app_context(), database.transaction() as hers:
            hers.execute(update(Profile).where(Profile.member_id == zoya.id).values(show_country=Audience.ME))

    def while_it_is_read(_line: object, _cursor: object, statement: str, *_more: Any) -> None:
        if not closing and "profile.hidden_at IS NULL" in statement:
            closing.append(Thread(target=close))
            closing[0].start()
            closing[0].join(A_MOMENT)

    event.listen(database.pages, "after_cursor_execute", while_it_is_read)
    with app.app_context():
        assert list(renewing.renewed()) == [1]
    event.remove(database.pages, "after_cursor_execute", while_it_is_read)
    closing[0].join()
    assert session.scalars(select(DirectoryEntry.kind).order_by(DirectoryEntry.kind)).all() == ["person", "skills"]


def test_whoever_changes_the_rules_has_everybody_indexed_anew(session: Session, zoya: Member) -> None:
    (told,) = told_by(session, [zoya.id])
    kept = {
        "entries": sorted((each.field, each.key, each.rank, level) for each, level in found_by(told)),
        "card": listed(told),
        "words": [document(each) for each in texts_of(told)],
    }
    right = {
        "entries": [("country", "KG", 0, 2), ("name", "", 0, 2), ("skills", "mediation", 0, 2)],
        "card": {"skills": ["mediation"]},
        "words": ["", "zoya a canal of two villages mediation villag mediat", ""],
    }
    assert (renewing.INDEXING, kept) == (1, right), "raise INDEXING together with what is right here"
