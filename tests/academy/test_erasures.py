"""Whoever was erased stays erased, whichever backup comes back and whatever became of the database."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.audit.models import AuditEntry
from academy.db import Base, Database
from academy.people import accounts, erasures
from academy.people.actor import Actor
from academy.people.models import ERASED, Member, RoleGrant
from academy.settings import Settings
from academy.system import backup, schema
from tests import makers
from tests.browser import Browser
from tests.stage import test_settings as settings_of
from wsgi import create_app

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def instance(app: Flask) -> Iterator[Path]:
    """The instance folder, without a list of erased people before and after."""
    folder: Path = app.extensions["academy.settings"].instance
    (folder / erasures.NAME).unlink(missing_ok=True)
    with app.app_context():
        schema.mark_current(app.extensions["academy.database"])
    yield folder
    (folder / erasures.NAME).unlink(missing_ok=True)


def back_up(app: Flask, file: Path) -> Path:
    with app.app_context():
        backup.back_up(file, now=NOW)
    return file


def restore(app: Flask, file: Path) -> None:
    with app.app_context():
        backup.restore(file, now=NOW)


def erase(app: Flask, session: Session, who: Member) -> None:
    with app.app_context():
        accounts.erase(session, member=session.get_one(Member, who.id), actor=Actor(who.id, ""), now=NOW)
        session.commit()
        erasures.write_down()


def names(session: Session) -> list[str]:
    session.expire_all()
    found = list(session.scalars(select(Member.display_name).order_by(Member.id)))
    session.close()
    return found


def test_a_restore_erases_again(app: Flask, instance: Path, session: Session, lena: Member, tmp_path: Path) -> None:
    makers.member(session, "Max")
    number, file = lena.id, back_up(app, tmp_path / "early")
    erase(app, session, lena)
    restore(app, file)
    assert names(session) == ["—", "Max"]
    said = session.scalars(select(AuditEntry).where(AuditEntry.action == "member.erased")).one()
    assert (said.actor_role, said.subject, said.detail) == ("system", f"member:{number}", "again, after a restore")
    session.close()
    restore(app, file)
    assert names(session) == ["—", "Max"], "the list outlives the restore"
    assert json.loads((instance / erasures.NAME).read_bytes())[0]["number"] == number


def test_the_page_writes_the_list_at_once(browser: Browser, instance: Path, session: Session, lena: Member) -> None:
    hers = browser.signed_in(lena)
    hers.client.post("/account/erase", data={"csrf_token": hers.csrf(), "sure": "y"})
    assert [each["number"] for each in json.loads((instance / erasures.NAME).read_bytes())] == [lena.id]
    assert (instance / erasures.NAME).stat().st_mode & 0o077 == 0
    assert "lena" not in (instance / erasures.NAME).read_text().casefold()
    assert names(session) == ["—"]


def test_the_list_alone_is_enough_when_the_database_is_gone(
    app: Flask, instance: Path, session: Session, lena: Member, tmp_path: Path
) -> None:
    file = back_up(app, tmp_path / "early")
    erase(app, session, lena)
    kept = (instance / erasures.NAME).read_bytes()
    restore(app, file)
    with app.extensions["academy.database"].transaction() as own:  # as if the erasure had never been in this database
        own.get_one(Member, lena.id).state = "active"
        own.get_one(Member, lena.id).display_name = "Lena"
    (instance / erasures.NAME).write_bytes(kept)
    restore(app, file)
    assert names(session) == ["—"]


def test_somebody_else_with_the_same_number_stays(
    app: Flask, instance: Path, session: Session, lena: Member, tmp_path: Path
) -> None:
    file = back_up(app, tmp_path / "early")
    other = erasures.Erased(lena.id, (lena.created_at + timedelta(days=1)).isoformat())
    erasures.keep(instance, [other])
    restore(app, file)
    assert names(session) == ["Lena"]


def test_the_last_admin_is_erased_again_too(
    app: Flask, instance: Path, session: Session, ada: Member, tmp_path: Path
) -> None:
    assert instance.is_dir()
    file = back_up(app, tmp_path / "early")
    makers.member(session, "Heir", roles=(("admin", ""),))
    erase(app, session, ada)
    restore(app, file)
    assert names(session) == ["—"]
    assert session.scalars(select(RoleGrant.id)).all() == []
    session.close()


def test_a_list_that_cannot_be_read_stops_the_restore_before_anything_is_touched(
    app: Flask, instance: Path, session: Session, tmp_path: Path
) -> None:
    file = back_up(app, tmp_path / "early")
    makers.member(session, "Later")
    session.close()
    (instance / erasures.NAME).write_text("{not a list")
    done = app.test_cli_runner().invoke(args=["restore", str(file), "--yes"])
    assert done.exit_code == 1
    assert "cannot be read; mend or remove it." in done.output
    assert names(session) == ["Later"]


@pytest.fixture
def own_site(tmp_path: Path) -> Settings:
    """The settings of a site of its own, on SQLite: its database will be ruined."""
    folder = tmp_path / "own"
    return replace(settings_of(folder, f"sqlite:///{folder / 'own.db'}"), instance=folder)


def opened(settings: Settings) -> Flask:
    settings.instance.mkdir(exist_ok=True)
    return create_app(settings)


@pytest.mark.parametrize("ruin", [b"this is no database", b""])
def test_a_ruined_database_is_put_aside_and_nobody_comes_back(own_site: Settings, tmp_path: Path, ruin: bytes) -> None:
    site = opened(own_site)
    database: Database = site.extensions["academy.database"]
    with site.app_context():
        Base.metadata.create_all(database.engine)
        schema.mark_current(database)
        with database.writing() as session:
            lena, _max = makers.member(session, "Lena"), makers.member(session, "Max")
            backup.back_up(tmp_path / "early", now=NOW)
            erase(site, session, lena)
    database.dispose()
    for file in own_site.instance.glob("own.db*"):
        file.unlink()
    (own_site.instance / "own.db").write_bytes(ruin)
    site = opened(own_site)
    done = site.test_cli_runner().invoke(args=["restore", str(tmp_path / "early"), "--yes"])
    assert done.exit_code == 0, done.output
    database = site.extensions["academy.database"]
    with database.reading() as again:
        assert list(again.scalars(select(Member.state).order_by(Member.id))) == [ERASED, "active"]
    database.dispose()
    assert (own_site.instance / "own.db.damaged").exists() == bool(ruin)
