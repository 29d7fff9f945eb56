"""Credentials, status lists and the site's DID document as plain data, before they are signed."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from courses.credentials.addresses import achievement_url, credential_url, list_url
from courses.credentials.facts import AchievementFacts, CredentialFacts
from courses.credentials.issuer import Issuer
from courses.credentials.models import Credential, KeyState, SigningKey

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
)
SCHEMA = {
    "id": "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json",
    "type": "1EdTechJsonSchemaValidator2019",
}
DID_CONTEXTS = ("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1")
LIST_LASTS = timedelta(days=7)
"""A copy of a list that is older says nothing: without an end it would bring back what was withdrawn since."""

Document = dict[str, object]


def credential(facts: CredentialFacts, row: Credential, issuer: Issuer) -> Document:
    """An Open Badge 3.0 that says of a name, and of nothing else about a person, what was achieved."""
    lists = list_url(issuer.public_url, row.list_number)
    made: Document = {
        "@context": list(CONTEXTS),
        "id": credential_url(issuer.public_url, facts.code, row.generation),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.public_url},
        "validFrom": iso(facts.issued_at),
        "awardedDate": iso(facts.issued_at),
        "name": facts.achievement.title,
        "credentialSubject": {
            "id": UUID(row.subject).urn,
            "type": ["AchievementSubject"],
            "identifier": [named(name) for name in (facts.holder_name, facts.other_name) if name],
            "achievement": achievement(facts.achievement, issuer),
        },
        "credentialSchema": [SCHEMA],
        "credentialStatus": {
            "id": f"{lists}#{row.place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(row.place),
            "statusListCredential": lists,
        },
    }
    return made if facts.expires_at is None else {**made, "validUntil": iso(facts.expires_at)}


def named(name: str) -> Document:
    """A name as standards for credentials write it down."""
    return {"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "name"}


def achievement(facts: AchievementFacts, issuer: Issuer) -> Document:
    """What was achieved and by which criteria."""
    address = achievement_url(issuer.public_url, facts.id)
    made: Document = {
        "id": address,
        "type": ["Achievement"],
        "achievementType": facts.kind,
        "name": facts.title,
        "description": facts.description,
        "criteria": {"id": address, "narrative": facts.criteria},
        "inLanguage": facts.language,
    }
    extra: Document = {"version": facts.version, "tag": list(facts.tags)}
    return {**made, **{name: value for name, value in extra.items() if value}}


def achievement_alone(facts: AchievementFacts, issuer: Issuer) -> Document:
    """The same as a document of its own, with whoever gives it."""
    creator = {"id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.public_url}
    return {"@context": list(CONTEXTS), **achievement(facts, issuer), "creator": creator}


def did_document(keys: Sequence[SigningKey], issuer: Issuer) -> Document:
    """Which keys are the site's, and of which the signature is to be accepted; the one that signs comes first."""
    did = issuer.did
    published = [key for key in keys if key.state != KeyState.REVOKED and key.did == did]
    published.sort(key=lambda key: (key.state != KeyState.CURRENT, -key.id))
    return {
        "@context": list(DID_CONTEXTS),
        "id": did,
        "verificationMethod": [
            {"id": f"{did}#{key.name}", "type": "Multikey", "controller": did, "publicKeyMultibase": key.public}
            for key in published
        ],
        "assertionMethod": [f"{did}#{key.name}" for key in published if key.state != KeyState.RETIRED],
    }


def status_list(number: int, revoked: Iterable[int], issuer: Issuer, now: datetime) -> Document:
    """What the signer needs to make a status list."""
    return {
        "issuer": issuer.did,
        "url": list_url(issuer.public_url, number),
        "revoked": sorted(revoked),
        "from": iso(now),
        "until": iso(now + LIST_LASTS),
    }


def iso(moment: datetime) -> str:
    """A moment as the standard wants it: UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
