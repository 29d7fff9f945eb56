"""Certificates as signed Open Badges: made by the worker, published for verifiers, taken back."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.certificates.models import Certificate
from courses.credentials import jobs, queries
from tests.courses.certified import NOON, course, issued, learns, withdrawn


@pytest.fixture
def certificate(app: Flask, session: Session, lena: Member) -> Certificate:
    """Lena's certificate of completion."""
    course(session)
    lena.legal_name = "Lena Müller"
    return issued(app, session, learns(session, lena))


def sign(app: Flask, days: int = 0) -> None:
    """Let the worker look, some days after noon."""
    with app.app_context():
        jobs.pump(NOON + timedelta(days=days))


def credential(session: Session, code: str) -> dict[str, Any]:
    """The credential as it is now."""
    session.rollback()
    session.expire_all()
    document = queries.credential_bytes(session, code)
    session.rollback()
    return dict(json.loads(document)) if document else {}


def test_the_worker_signs_what_was_issued(app: Flask, session: Session, certificate: Certificate) -> None:
    assert credential(session, certificate.code) == {}
    sign(app)
    made = credential(session, certificate.code)
    assert made["id"] == f"http://localhost/c/{certificate.code}"
    assert made["credentialSubject"]["identifier"][0]["identityHash"] == "Lena Müller"
    assert made["credentialSubject"]["achievement"]["id"].endswith("/achievements/first-steps.1.completion")
    assert made["proof"]["cryptosuite"] == "eddsa-rdfc-2022"


def test_what_verifiers_need_is_published(app: Flask, session: Session, certificate: Certificate) -> None:
    sign(app)
    made = credential(session, certificate.code)
    did = json.loads(app.test_client().get("/.well-known/did.json").data)
    listed = json.loads(app.test_client().get("/status/revocation/1").data)
    assert did["assertionMethod"] == [made["proof"]["verificationMethod"]]
    assert listed["id"] == made["credentialStatus"]["statusListCredential"]


def test_a_withdrawn_one_is_on_the_list(app: Flask, session: Session, certificate: Certificate) -> None:
    sign(app)
    place = int(credential(session, certificate.code)["credentialStatus"]["statusListIndex"])
    withdrawn(app, session, certificate)
    assert list(queries.revoked_places(session, 1)) == [place]
