"""Why something about topics and posts cannot be done."""

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l


class TopicClosed(DomainError):
    """Nobody can write in the topic any more."""

    sentence = _l("This topic was closed while you were writing. Your words are kept as a draft.")


class TopicGone(DomainError):
    """The topic is not there any more, or not open to whoever writes."""

    status = 404
    sentence = _l("This topic is no longer there.")
