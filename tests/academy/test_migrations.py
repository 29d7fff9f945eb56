"""Migrations make exactly what the models describe, on both databases, and can be taken back."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from academy.audit import service
from academy.audit.models import AuditEntry
from academy.db import Database, open_database
from academy.people.models import Member
from academy.system import revisions, schema
from courses.catalogue.models import CourseRecord
from courses.certificates import history
from courses.certificates.models import Certificate, CertificateEvent, EventKind
from tests import makers
from tests.stage import private_database

NOW = datetime.now(UTC)

pytestmark = pytest.mark.postgres


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[Database]:
    """A database of its own with nothing in it."""
    server = os.environ.get("ACADEMY_TEST_DATABASE_URL", "")
    name = f"academy_migrations_{os.environ.get('PYTEST_XDIST_WORKER', 'one')}"
    url = private_database(server, name) if server else f"sqlite:///{tmp_path / 'empty.db'}"
    database = open_database(url)
    yield database
    database.dispose()


def test_the_migrations_make_what_the_models_describe(empty_database: Database) -> None:
    schema.upgrade(empty_database)
    assert schema.differences(empty_database) == ""
    assert schema.revision_of(empty_database.engine) == revisions.head()


def test_an_upgrade_can_be_run_again_and_taken_back(empty_database: Database) -> None:
    schema.upgrade(empty_database)
    schema.upgrade(empty_database)
    schema.downgrade(empty_database, "base")
    left = set(inspect(empty_database.engine).get_table_names()) - {"alembic_version"}
    assert left == set()
    schema.upgrade(empty_database)


def test_an_older_site_refuses_a_newer_database(empty_database: Database) -> None:
    schema.upgrade(empty_database)
    with empty_database.transaction() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(schema.SchemaRefused, match="9999"):
        schema.refuse_newer(empty_database.engine)


def test_the_audit_log_can_be_added_to_and_nothing_else(empty_database: Database) -> None:
    schema.upgrade(empty_database)
    with empty_database.transaction() as session:
        service.record(session, actor=None, action="test.now", now=NOW)
        service.record(session, actor=None, action="test.old", now=NOW - timedelta(days=800))
    for forbidden in ("UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry WHERE action = 'test.now'"):
        with pytest.raises(DatabaseError, match="append-only"), empty_database.transaction() as session:
            session.execute(text(forbidden))
    with empty_database.transaction() as session:
        session.execute(text("DELETE FROM audit_entry WHERE action = 'test.old'"))
        assert list(session.scalars(select(AuditEntry.action))) == ["test.now"]


def test_the_history_of_a_certificate_can_be_added_to_and_nothing_else(empty_database: Database) -> None:
    schema.upgrade(empty_database)
    with empty_database.transaction() as session:
        session.add(CourseRecord(slug="first-steps", status="published", created_at=NOW))
        session.flush()
        certificate = Certificate(
            code="7F3K-92QD-X1MB-4TGH",
            member_id=None,
            course_slug="first-steps",
            tier="completion",
            holder_name="Lena",
            language="en",
            hours=4,
            course_title="First steps",
            how_checked={},
            issued_at=NOW,
        )
        session.add(certificate)
        session.flush()
        history.note(session, certificate, EventKind.ISSUED, by=None, now=NOW, words="Private.")
        history.keep_version(session, certificate, by=None, now=NOW)
    for forbidden in (
        "UPDATE certificate_event SET kind = 'restored'",
        "DELETE FROM certificate_event",
        "UPDATE certificate_version SET number = 2",
        "DELETE FROM certificate_version",
    ):
        with pytest.raises(DatabaseError, match="append-only"), empty_database.transaction() as session:
            session.execute(text(forbidden))
    with empty_database.transaction() as session:
        session.execute(text("UPDATE certificate_event SET words = ''"))  # what erasing its holder does
        session.execute(text("UPDATE certificate_version SET holder_name = ''"))
        assert list(session.scalars(select(CertificateEvent.kind))) == ["issued"]


def test_data_survives_a_step_back_and_forth(empty_database: Database) -> None:
    schema.upgrade(empty_database)
    with empty_database.writing() as session:
        lena = makers.member(session, "Lena")
        session.add(AuditEntry(at=NOW, actor_id=lena.id, action="test.now"))
        session.commit()
    schema.downgrade(empty_database, "0001")
    schema.upgrade(empty_database)
    with empty_database.reading() as session:
        assert list(session.scalars(select(Member.display_name))) == ["Lena"]
        assert list(session.scalars(select(AuditEntry.action))) == ["test.now"]


def test_whoever_was_written_down_in_tashkent_keeps_the_academys_own_time(empty_database: Database) -> None:
    schema.upgrade(empty_database, "0002")
    with empty_database.transaction() as session:
        for zone in ("Asia/Tashkent", "Asia/Almaty", "UTC"):
            _written_down(session, zone, made_at=NOW)
    schema.upgrade(empty_database, "0003")
    assert _zones(empty_database) == ["", "Asia/Almaty", "UTC"]
    schema.downgrade(empty_database, "0002")
    assert _zones(empty_database) == ["Asia/Tashkent", "Asia/Almaty", "UTC"]


def _written_down(session: Session, zone: str, *, made_at: datetime) -> None:
    """A member as revision 3 knew them."""
    session.execute(
        text(
            "INSERT INTO member (email, email_key, search_key, password_hash, display_name, legal_name, language,"
            " theme, time_zone, state, is_demo, unread, created_at, totp_last_step) VALUES"
            " (:zone, :zone, '', '', :zone, '', 'en', '', :zone, 'active', false, 0, :now, 0)"
        ),
        {"zone": zone, "now": made_at.replace(tzinfo=None)},
    )


def _zones(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(text("SELECT time_zone FROM member ORDER BY id")))


def test_the_years_without_a_sign_in_count_from_the_upgrade_on(empty_database: Database) -> None:
    schema.upgrade(empty_database, "0003")
    with empty_database.transaction() as session:
        _written_down(session, "Asia/Almaty", made_at=NOW - timedelta(days=4000))
    schema.upgrade(empty_database)
    with empty_database.reading() as session:
        (member,) = session.scalars(select(Member))
        assert member.signed_in_at is not None
        assert abs(member.signed_in_at - NOW) < timedelta(hours=1)
        assert member.warned_at is None
    schema.downgrade(empty_database, "0003")
    assert _zones(empty_database) == ["Asia/Almaty"]
    columns = {column["name"] for column in inspect(empty_database.engine).get_columns("member")}
    assert not columns & {"signed_in_at", "warned_at"}


def test_roles_that_courses_brought_go_with_them_and_the_others_stay(empty_database: Database) -> None:
    schema.upgrade(empty_database)
    with empty_database.transaction() as session:
        member = makers.member(session, "Tariq", roles=(("trainer", ""), ("owner", "course:first-steps")))
        assert member.id
    schema.downgrade(empty_database, "0004")
    with empty_database.reading() as session:
        assert list(session.scalars(text("SELECT role FROM role_grant"))) == ["trainer"]
    schema.upgrade(empty_database)
