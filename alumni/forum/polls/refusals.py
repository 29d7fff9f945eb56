"""Why something about a poll cannot be done."""

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l


class PollOver(DomainError):
    """Its time is over."""

    sentence = _l("This poll is over.")


class VotedAlready(DomainError):
    """A secret vote cannot be changed, because nobody knows what it was."""

    sentence = _l("You voted already. A secret vote cannot be changed: nobody knows what it was.")


class WrongChoice(DomainError):
    """Nothing was chosen, more than is allowed, or what is no option of this poll."""

    sentence = _l("Please choose as many options as the poll allows.")


class HasPoll(DomainError):
    """A topic has one poll at most."""

    sentence = _l("This topic has a poll already.")
