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


class ChangedMeanwhile(DomainError):
    """Somebody else, or the same person in another window, changed the post since the form was opened."""

    sentence = _l("This was changed while you were writing. Below is what it says now, and what you wrote.")


class CannotBeChanged(DomainError):
    """The post is not theirs to change, not any more, or is kept as it is."""

    status = 403
    sentence = _l("This post cannot be changed any more.")


class NotYours(DomainError):
    """Nobody marks what they wrote themselves."""

    status = 403
    sentence = _l("This is for posts of others.")


class TooManyFiles(DomainError):
    """A post has as many files as it may have."""

    status = 422
    sentence = _l("A post has at most five files. Take one away first.")
