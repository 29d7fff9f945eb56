"""Whose page is it? A mark by which the phone tells one member's kept pages from another's."""

import hashlib
import hmac
from dataclasses import dataclass

from academy.people.actor import current_actor

LENGTH = 16


@dataclass(frozen=True, slots=True)
class Reader:
    """Makes the marks from a secret, so that a mark names nobody and the number of a member stays unknown."""

    key: bytes

    def mark(self) -> str:
        """The mark of whoever asks; '' for visitors."""
        actor = current_actor()
        if actor is None:
            return ""
        return hmac.new(self.key, str(actor.id).encode(), hashlib.sha256).hexdigest()[:LENGTH]
