"""Refusals every feature shares; the pages that show them are in academy.web.error_pages."""

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l


class DomainError(Exception):
    """Something cannot be done; `sentence` tells the person why, in their language."""

    status = 409
    sentence: Text = _l("This cannot be done now.")

    def __init__(self, sentence: Text | None = None) -> None:
        super().__init__()
        if sentence is not None:
            self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class NotFound(DomainError):
    """There is no such thing, or the asker may not learn that there is."""

    status = 404
    sentence = _l("There is no page at this address, or it is not open to you.")


class Forbidden(DomainError):
    """A member without the right asked for something they may know of."""

    status = 403
    sentence = _l("Your account does not have the right to see or do this.")


class SignInNeeded(DomainError):
    """A signed-out person asked for a page of a member."""

    status = 401
    sentence = _l("Please sign in first.")


class TooMany(DomainError):
    """A limit was reached; `retry_after` is in seconds."""

    status = 429
    sentence = _l("Too many tries. Please wait a little and try again.")

    def __init__(self, retry_after: int, sentence: Text | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after
