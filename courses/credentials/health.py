"""What is wrong with the keys, in one sentence."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from academy.current import the_settings
from courses.credentials import keyring, queries
from courses.credentials.addresses import did_of
from courses.credentials.models import SigningKey

OTHERS_MAY = 0o077
LATE = timedelta(hours=1)


def complaint(session: Session, now: datetime) -> str:
    """The first thing that keeps certificates from being signed, or their signatures from being accepted; or ''."""
    key = queries.current_key(session)
    if key is None:
        if keyring.may_make_itself() or queries.newest_list(session) is None:
            return ""
        return "No key signs certificates; make one with: flask certificates keys create"
    return _of_key(key) or _of_work(session, now)


def _of_key(key: SigningKey) -> str:
    path, did = keyring.path_of(key.name), did_of(the_settings().public_url)
    if key.did != did:
        return (
            f"Certificates were signed as {key.did}, but the site is {did} now (ACADEMY_PUBLIC_URL): "
            "set the former address, or sign all anew with: flask certificates keys revoke " + key.name
        )
    if not path.is_file():
        return (
            f"The private half of {key.name} is missing at {path}: bring it back from a backup, "
            "or make another with: flask certificates keys rotate"
        )
    if path.stat().st_mode & OTHERS_MAY:
        return f"Other users of this machine may read {path}; run: chmod 600 {path}"
    return ""


def _of_work(session: Session, now: datetime) -> str:
    if not queries.any_waiting_since(session, now - LATE):
        return ""
    return "Certificates have waited for more than an hour to be signed; is the worker running (flask worker)?"
