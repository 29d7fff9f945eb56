"""What verifiers fetch: which keys are ours, which credentials were taken back, what was achieved."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from academy import db, i18n
from academy.errors import NotFound
from academy.people.guards import public
from courses.credentials import documents, queries
from courses.credentials.facts import the_source
from courses.credentials.giving import CREDENTIAL, LINKED, as_bytes, to_all, wanted_json
from courses.credentials.issuer import the_issuer

bp = Blueprint("credentials", __name__)
DID = "application/did+ld+json"


@bp.get("/.well-known/did.json")
@public
def did() -> ResponseReturnValue:
    """The site's keys; there is no such document while there are none."""
    keys = queries.keys(db.session)
    if not keys:
        raise NotFound
    return to_all(as_bytes(documents.did_document(keys, the_issuer())), DID)


@bp.get("/status/revocation/<int(max=999999999):number>")
@public
def status(number: int) -> ResponseReturnValue:
    """A signed list of what was taken back."""
    signed = queries.list_bytes(db.session, number)
    if signed is None:
        raise NotFound
    return to_all(signed, CREDENTIAL)


@bp.get("/achievements/<name>")
@public
def achievement(name: str) -> ResponseReturnValue:
    """What was achieved and how, as a page or as JSON, whichever is asked for."""
    found = the_source().achievement(db.session, name, i18n.reading_order(i18n.current_code()))
    if found is None:
        raise NotFound
    if not wanted_json():
        return render_template("courses/credentials/achievement.html", achievement=found)
    answer = to_all(as_bytes(documents.achievement_alone(found, the_issuer())), LINKED)
    answer.vary.update(("Accept", "Accept-Language"))
    return answer
