"""What machines ask, what the doctor sees, logs, backup and restore."""

import json
import logging
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from academy import clock, logs
from academy.jobs import running
from academy.mail.models import FAILED, Letter
from academy.people.models import Member
from academy.system import archive, backup, doctor, schema
from tests import makers
from tests.browser import Browser

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def test_the_process_says_that_it_is_up_without_the_database(app: Flask) -> None:
    response = app.test_client().get("/healthz")
    assert (response.status_code, response.text) == (200, "up\n")


def test_the_site_is_ready_only_with_the_tables_of_this_version(app: Flask, session: Session) -> None:
    with app.app_context():
        schema.mark_current(app.extensions["academy.database"])
    assert app.test_client().get("/readyz").text == "ready\n"
    session.execute(text("DELETE FROM alembic_version"))
    session.execute(text("INSERT INTO alembic_version VALUES ('older')"))
    session.commit()
    response = app.test_client().get("/readyz")
    session.execute(text("DELETE FROM alembic_version"))
    session.commit()
    assert (response.status_code, "flask db upgrade" in response.text) == (503, True)


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.7", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 404),
        ("192.0.2.7", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("192.0.2.7", {"Authorization": "Bearer guess"}, 404),
    ],
)
def test_figures_are_for_this_machine_alone(app: Flask, address: str, headers: dict[str, str], status: int) -> None:
    response = app.test_client().get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert response.status_code == status


def test_figures_name_routes_and_never_addresses(app: Flask) -> None:
    client = app.test_client()
    client.get("/notices/stop/a-secret-token")
    figures = client.get("/metrics").text
    assert 'route="/notices/stop/<token>"' in figures
    assert "a-secret-token" not in figures


def test_a_log_line_has_the_request_and_nobody(
    browser: Browser, lena: Member, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "academy.requests"):
        page = browser.signed_in(lena).open("/my/notices?before=12345")
    (record,) = caplog.records
    line = logs.JsonLines().format(record)
    facts = json.loads(line)
    assert facts["request"] == page.response.headers["X-Request-Id"]
    assert (facts["method"], facts["route"], facts["status"]) == ("GET", "/my/notices", 200)
    assert not [each for each in ("Lena", "example.org", "127.0.0.1", "12345") if each in line]


def test_a_fault_is_logged_by_kind_and_place_without_its_words() -> None:
    with pytest.raises(ValueError, match="base 10") as caught:
        int("lena@example.org")
    record = logging.LogRecord("x", logging.ERROR, "", 1, "a\nfault", (), caught._excinfo)  # noqa: SLF001
    line = logs.JsonLines().format(record)
    assert "\n" not in line
    assert "lena" not in line.replace(__file__, "")
    assert json.loads(line)["fault"][0] == "ValueError"


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("Error handling request GET /c/a-code", "Error handling request"),
        ("Invalid request from ip=192.0.2.7: Invalid HTTP Version: 'x'", "Invalid request"),
        ("Booting worker with pid: 12", "Booting worker with pid: 12"),
    ],
)
def test_what_the_web_server_says_names_no_address(message: str, kept: str) -> None:
    record = logging.LogRecord("gunicorn.error", logging.ERROR, "", 1, message, (), None)
    assert json.loads(logs.JsonLines().format(record))["message"] == kept


def test_weaknesses_can_be_reported_and_search_engines_are_kept_out(app: Flask) -> None:
    client = app.test_client()
    security = client.get("/.well-known/security.txt").text
    assert "Contact: http://localhost/help" in security
    expires = datetime.fromisoformat(security.partition("Expires: ")[2].split()[0])
    assert expires - clock.now() < timedelta(days=365)
    assert "Disallow: /alumni/" in client.get("/robots.txt").text


def test_phones_learn_how_to_keep_the_site(app: Flask) -> None:
    response = app.test_client().get("/manifest.webmanifest", headers={"Accept-Language": "fa"})
    manifest = response.get_json(force=True)
    assert response.mimetype == "application/manifest+json"
    assert (manifest["start_url"], manifest["dir"]) == ("/", "rtl")
    with app.test_client().get(manifest["icons"][0]["src"]) as icon:
        assert icon.status_code == 200


def complaints(app: Flask) -> str:
    with app.app_context():
        schema.mark_current(app.extensions["academy.database"])
        return "\n".join(doctor.complaints(clock.now()))


def test_the_doctor_of_a_fresh_site_names_what_is_missing(app: Flask) -> None:
    found = complaints(app)
    assert [each in found for each in ("No mail server", "worker has never run", "Nobody is admin")] == [True] * 3


def test_the_doctor_is_content_with_what_is_in_order(app: Flask, session: Session, ada: Member) -> None:
    with app.app_context():
        running.tick(clock.now())
    found = complaints(app)
    assert [each in found for each in ("worker", "Nobody is admin", "given up")] == [False] * 3
    session.add(
        Letter(
            to_email=ada.email,
            language="en",
            subject="x",
            text="x",
            html="x",
            state=FAILED,
            created_at=NOW,
            next_try_at=NOW,
        )
    )
    session.commit()
    assert "Some letters were given up" in complaints(app)


def test_what_was_backed_up_comes_back_and_what_came_later_goes(
    app: Flask, session: Session, lena: Member, tmp_path: Path
) -> None:
    file = tmp_path / "site.backup"
    photograph = app.extensions["academy.settings"].instance / "files" / "a-picture"
    photograph.parent.mkdir(exist_ok=True)
    photograph.write_bytes(b"light")
    with app.app_context():
        schema.mark_current(app.extensions["academy.database"])
        backup.back_up(file, now=NOW)
    assert file.stat().st_mode & 0o077 == 0
    photograph.unlink()
    makers.member(session, "Later")
    session.close()
    with app.app_context():
        assert backup.restore(file, now=NOW).made_at == NOW.isoformat()
    assert session.scalars(select(Member.display_name)).all() == [lena.display_name]
    session.close()
    assert photograph.read_bytes() == b"light"


def names_in(file: Path) -> set[str]:
    with tarfile.open(file) as tar:
        return set(tar.getnames())


def test_a_backup_without_secrets_holds_no_key(app: Flask, tmp_path: Path) -> None:
    (app.extensions["academy.settings"].instance / "secret-key").write_text("hush", encoding="ascii")
    with app.app_context():
        backup.back_up(tmp_path / "all", now=NOW)
        backup.back_up(tmp_path / "data", now=NOW, with_secrets=False)
    assert names_in(tmp_path / "all") - names_in(tmp_path / "data") == {"instance/secret-key"}


def test_a_damaged_backup_is_refused_before_anything_is_touched(app: Flask, session: Session, tmp_path: Path) -> None:
    whole, damaged = tmp_path / "whole", tmp_path / "damaged"
    with app.app_context():
        backup.back_up(whole, now=NOW)
        makers.member(session, "Later")
        session.close()
        damaged.write_bytes(whole.read_bytes()[:-2000])
        with pytest.raises(archive.ArchiveRefused):
            backup.restore(damaged, now=NOW)
    assert session.scalars(select(Member.display_name)).all() == ["Later"]
    session.close()


def test_a_full_database_is_not_replaced_unasked(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        backup.back_up(tmp_path / "site", now=NOW)
    result = app.test_cli_runner().invoke(args=["restore", str(tmp_path / "site")])
    assert (result.exit_code, "not empty" in result.output) == (1, True)
