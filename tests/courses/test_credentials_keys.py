"""Keys: made, changed for others, given up, backed up; what is secret stays in files."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import db
from academy.audit.models import AuditEntry
from academy.current import the_settings
from academy.people.models import Member
from academy.settings import SettingsRefused, from_environment
from academy.system import backup, schema
from courses.certificates.models import Certificate
from courses.credentials import health, jobs, queries
from courses.credentials.models import SigningKey
from courses.credentials.signer import SignerFailed
from tests.courses.certified import NOON, course, issued, learns


def command(app: Flask, *words: str) -> str:
    """What `flask certificates keys …` prints."""
    done = app.test_cli_runner().invoke(args=["certificates", "keys", *words])
    return done.output.strip()


def files(app: Flask) -> list[Path]:
    with app.app_context():
        return sorted(the_settings().keys.glob("*"))


def states(app: Flask) -> dict[str, str]:
    with app.app_context(), db.the_database().reading() as session:
        return {key.name: key.state for key in queries.keys(session)}


def complaint(app: Flask) -> str:
    with app.app_context(), db.the_database().reading() as session:
        return health.complaint(session, NOON)


def sign(app: Flask) -> None:
    with app.app_context():
        jobs.pump(NOON)


@pytest.fixture
def elsewhere(app: Flask, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A site at a public address with its keys in a folder of their own, behind a passphrase."""
    public = replace(
        app.extensions["academy.settings"],
        public_url="https://academy.example.org",
        development=False,
        keys_folder=str(tmp_path / "keys"),
        keys_passphrase="four quiet lanterns",
    )
    monkeypatch.setitem(app.extensions, "academy.settings", public)
    return tmp_path / "keys"


@pytest.fixture
def certificate(app: Flask, session: Session, lena: Member) -> Certificate:
    """Lena's certificate, not signed yet."""
    course(session)
    lena.legal_name = "Lena Müller"
    return issued(app, session, learns(session, lena))


def test_a_key_is_for_its_owner_alone(app: Flask) -> None:
    name = command(app, "create")
    (file,) = files(app)
    assert file.name == f"{name}.pem"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert "signs" in command(app, "list")
    assert "There is a key already" in command(app, "create")


def test_the_private_half_is_not_in_the_database(app: Flask, session: Session) -> None:
    command(app, "create")
    secret = files(app)[0].read_text().splitlines()[1]
    kept = session.scalars(select(SigningKey)).one()
    assert all(secret not in str(value) for value in vars(kept).values())


def test_after_a_change_the_former_is_published_and_its_private_half_gone(app: Flask) -> None:
    former, present = command(app, "create"), command(app, "rotate")
    assert states(app) == {former: "rotated", present: "current"}
    assert [file.stem for file in files(app)] == [present]
    did = app.test_client().get("/.well-known/did.json").json
    assert did is not None
    assert [each.rpartition("#")[2] for each in did["assertionMethod"]] == [present, former]


def test_a_retired_key_is_published_and_not_accepted(app: Flask) -> None:
    former, present = command(app, "create"), command(app, "rotate")
    assert "0 certificates will be signed anew" in command(app, "retire", former)
    did = app.test_client().get("/.well-known/did.json").json
    assert did is not None
    assert len(did["verificationMethod"]) == 2
    assert [each.rpartition("#")[2] for each in did["assertionMethod"]] == [present]
    assert "This key signs at present" in command(app, "retire", present)
    assert "given up before" in command(app, "retire", former)


def test_a_revoked_key_is_not_published_and_another_signs(app: Flask) -> None:
    former = command(app, "create")
    command(app, "revoke", former)
    assert sorted(states(app).values()) == ["current", "revoked"]
    did = app.test_client().get("/.well-known/did.json").json
    assert did is not None
    assert all(former not in each["id"] for each in did["verificationMethod"])
    assert "given up before" in command(app, "revoke", former)
    assert "no key of this name" in command(app, "revoke", "key-1999-1")
    assert former not in {file.stem for file in files(app)}


def test_every_step_is_audited(app: Flask, session: Session) -> None:
    former = command(app, "create")
    command(app, "rotate")
    command(app, "retire", former)
    done = session.scalars(
        select(AuditEntry.action).where(AuditEntry.subject.like("key:%")).order_by(AuditEntry.id)
    ).all()
    assert sorted(done) == ["key.created", "key.created", "key.retired", "key.rotated"]


def test_where_people_only_try_the_site_a_key_makes_itself(
    app: Flask, session: Session, certificate: Certificate
) -> None:
    assert complaint(app) == ""
    sign(app)
    assert list(states(app).values()) == ["current"]
    assert queries.credential_bytes(session, certificate.code) is not None


def test_elsewhere_it_is_made_by_hand_and_asked_for(
    app: Flask, session: Session, certificate: Certificate, elsewhere: Path
) -> None:
    sign(app)
    assert states(app) == {}
    assert "make one with: flask certificates keys create" in complaint(app)
    name = command(app, "create")
    assert b"ENCRYPTED" in (elsewhere / f"{name}.pem").read_bytes()
    sign(app)
    assert b'"did:web:academy.example.org"' in (queries.credential_bytes(session, certificate.code) or b"")
    assert complaint(app) == ""


def test_the_doctor_misses_a_private_half(app: Flask, elsewhere: Path) -> None:
    path = elsewhere / f"{command(app, 'create')}.pem"
    path.chmod(0o644)
    assert "chmod 600" in complaint(app)
    path.unlink()
    assert "is missing at" in complaint(app)
    assert "(its private half is missing)" in command(app, "list")


def test_the_doctor_notices_another_address(app: Flask, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del elsewhere
    command(app, "create")
    moved = replace(app.extensions["academy.settings"], public_url="https://other.example.org")
    monkeypatch.setitem(app.extensions, "academy.settings", moved)
    assert "did:web:academy.example.org" in complaint(app)


def test_a_file_with_another_key_signs_nothing(app: Flask, session: Session, certificate: Certificate) -> None:
    former = command(app, "create")
    (file,) = files(app)
    other = file.read_bytes()
    present = command(app, "rotate")
    (file.parent / f"{present}.pem").write_bytes(other)
    with pytest.raises(SignerFailed, match=f"{present} holds another key"):
        sign(app)
    assert former != present
    assert queries.credential_bytes(session, certificate.code) is None


def test_a_backup_brings_the_keys_back(app: Flask, elsewhere: Path, tmp_path: Path) -> None:
    name = command(app, "create")
    with app.app_context():
        schema.mark_current(app.extensions["academy.database"])
        backup.back_up(tmp_path / "all", now=NOON)
        backup.back_up(tmp_path / "data", now=NOON, with_secrets=False)
        secret = (elsewhere / f"{name}.pem").read_bytes()
        (elsewhere / f"{name}.pem").unlink()
        backup.restore(tmp_path / "all", now=NOON)
    assert (elsewhere / f"{name}.pem").read_bytes() == secret
    assert stat.S_IMODE((elsewhere / f"{name}.pem").stat().st_mode) == 0o600
    assert (tmp_path / "data").stat().st_size < (tmp_path / "all").stat().st_size


def test_the_folder_of_keys_has_a_full_path(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="ACADEMY_KEYS must be the full path"):
        from_environment({"ACADEMY_INSTANCE": str(tmp_path), "ACADEMY_KEYS": "keys"})
    kept = from_environment({"ACADEMY_INSTANCE": str(tmp_path), "ACADEMY_KEYS": str(tmp_path / "k")})
    assert kept.keys == tmp_path / "k"
    assert from_environment({"ACADEMY_INSTANCE": str(tmp_path)}).keys == tmp_path / "keys"
