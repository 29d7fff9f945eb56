"""What can bring two members together besides a request: each feature names its own."""

from flask import current_app

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l

USUAL: dict[str, Text] = {
    "": _l("You can write to each other now."),
    "staff": _l("Somebody who looks after the academy began this conversation."),
    "mentoring": _l("You can write to each other because of your mentoring."),
    "event": _l("You can write to each other because of an event."),
    "group": _l("You can write to each other because of a group."),
    "opportunity": _l("You can write to each other because of an opportunity."),
    "facilitators": _l("You can write to each other because of a session."),
}


def add(kind: str, sentence: Text) -> None:
    """Name what brought two together when a feature calls `service.open_conversation` with this kind."""
    _all()[kind] = sentence


def sentence_of(kind: str) -> str:
    """What brought two together; the plainest words for what nobody named."""
    return str(_all().get(kind, USUAL[""]))


def _all() -> dict[str, Text]:
    known: dict[str, Text] = current_app.extensions.setdefault("messages.origins", dict(USUAL))
    return known
