"""What can bring two members together besides a request."""

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l

SENTENCES: dict[str, Text] = {
    "": _l("You can write to each other now."),
    "staff": _l("Somebody who looks after the academy began this conversation."),
    "mentoring": _l("You can write to each other because of your mentoring."),
    "event": _l("You can write to each other because of an event."),
    "group": _l("You can write to each other because of a group."),
    "opportunity": _l("You can write to each other because of an opportunity."),
    "facilitators": _l("You can write to each other because of a session."),
}


def sentence_of(kind: str) -> str:
    """What brought two together; the plainest words for what nobody named."""
    return str(SENTENCES.get(kind, SENTENCES[""]))
