"""Proof: before what matters most, whoever is signed in shows once more that they know the password."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from academy import clock, db
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.people import presence
from academy.people.actor import signed_in_actor

P = ParamSpec("P")
R = TypeVar("R")
FRESH = timedelta(minutes=10)


class ProofNeeded(DomainError):
    """The last proof is more than ten minutes old."""

    status = 403
    sentence = _l("Please type your password once more.")


def proved(view: Callable[P, R]) -> Callable[P, R]:
    """Open only within ten minutes of a proof; wear it under a guard, nearest to the view."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        with db.glance() as session:
            at = presence.proved_at(session, signed_in_actor().sign_in_id)
        if at is None or clock.now() - at > FRESH:
            raise ProofNeeded
        return view(*args, **kwargs)

    return guarded
