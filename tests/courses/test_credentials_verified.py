"""Credentials before a verifier that is not ours: accepted when good, refused when anything about them is not."""

import copy
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy import db
from academy.people.models import Member
from courses.certificates.models import Certificate
from courses.credentials import jobs, keyring, queries
from tests.courses import outside
from tests.courses.certified import NOON, course, issued, learns, withdrawn
from tests.courses.outside import Case

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("outside verifier")]
WITHIN = NOON + timedelta(hours=1)
Credential = dict[str, Any]


@pytest.fixture
def certificate(app: Flask, session: Session, lena: Member) -> Certificate:
    """Lena's certificate, signed."""
    course(session)
    lena.legal_name = "Lena Müller"
    made = issued(app, session, learns(session, lena))
    sign(app)
    return made


def sign(app: Flask) -> None:
    with app.app_context():
        jobs.pump(NOON)


def credential(session: Session, certificate: Certificate) -> Credential:
    session.rollback()
    document = queries.credential_bytes(session, certificate.code)
    assert document is not None
    session.rollback()
    return dict(json.loads(document))


def case(app: Flask, made: Credential, *, days: int = 0, did: Credential | None = None) -> Case:
    """A check with what the site publishes now, some days later or with other keys in its place."""
    documents = outside.published(app) | ({did["id"]: did} if did else {})
    return Case(made, documents, WITHIN + timedelta(days=days))


def accepted(cases: dict[str, Case]) -> set[str]:
    """The names of the cases that the outside verifier accepts."""
    return {name for name, answer in outside.verified(cases).items() if answer["accepted"]}


def with_keys(app: Flask, act: Callable[[Session], object]) -> None:
    with app.app_context(), db.command_transaction():
        act(db.session)


def name(made: Credential) -> None:
    made["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody Else"


def criterion(made: Credential) -> None:
    made["credentialSubject"]["achievement"]["criteria"]["narrative"] = "Nothing at all."


def status(made: Credential) -> None:
    entry = made["credentialStatus"]
    place = str((int(entry["statusListIndex"]) + 1) % 131072)
    entry |= {"statusListIndex": place, "id": entry["id"].replace(entry["statusListIndex"], place)}


def no_status(made: Credential) -> None:
    del made["credentialStatus"]


def day(made: Credential) -> None:
    made["validFrom"] = "2020-01-01T00:00:00Z"


def edition(made: Credential) -> None:
    made["credentialSubject"]["achievement"]["id"] += "9"


ALTERATIONS = (name, criterion, status, no_status, day, edition)


def test_a_good_one_is_accepted_and_nothing_else(app: Flask, session: Session, certificate: Certificate) -> None:
    good = credential(session, certificate)
    cases = {"good": case(app, good), "with an old list": case(app, good, days=8)}
    for alter in ALTERATIONS:
        altered = copy.deepcopy(good)
        alter(altered)
        cases[alter.__name__] = case(app, altered)
    withdrawn(app, session, certificate)
    sign(app)
    cases["withdrawn"] = case(app, good)
    answers = outside.verified(cases)
    assert {name for name, answer in answers.items() if answer["accepted"]} == {"good"}
    assert {name for name, answer in answers.items() if answer["revoked"]} == {"withdrawn"}
    assert answers["good"]["faults"] in (None, []), "it fits the published schema"


def test_what_a_former_key_signed_is_accepted_until_it_is_retired(
    app: Flask, session: Session, certificate: Certificate
) -> None:
    former, did = credential(session, certificate), keys_of(app)
    key = former["proof"]["verificationMethod"].rpartition("#")[2]
    with_keys(app, lambda session: keyring.rotate(session, now=NOON))
    did["verificationMethod"][0]["publicKeyMultibase"] = keys_of(app)["verificationMethod"][0]["publicKeyMultibase"]
    cases = {"of a former key": case(app, former), "of another key": case(app, former, did=did)}
    with_keys(app, lambda session: keyring.retire(session, name=key, now=NOON))
    sign(app)
    present = credential(session, certificate)
    cases |= {"of a retired key": case(app, former), "signed anew": case(app, present)}
    assert accepted(cases) == {"of a former key", "signed anew"}
    assert present["id"] == former["id"], "it is the same credential"


def test_what_a_revoked_key_signed_is_refused_and_another_takes_its_place(
    app: Flask, session: Session, certificate: Certificate
) -> None:
    former = credential(session, certificate)
    key = former["proof"]["verificationMethod"].rpartition("#")[2]
    with_keys(app, lambda session: keyring.revoke(session, name=key, now=NOON))
    sign(app)
    present = credential(session, certificate)
    assert accepted({"former": case(app, former), "present": case(app, present)}) == {"present"}
    assert present["id"] != former["id"]
    assert present["credentialStatus"]["id"] != former["credentialStatus"]["id"]


def keys_of(app: Flask) -> Credential:
    """The published document of keys."""
    return dict(next(each for place, each in outside.published(app).items() if place.startswith("did:")))
