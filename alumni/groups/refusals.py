"""Why something cannot be done in a group."""

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l


class PutAway(DomainError):
    """The group is not open."""

    sentence = _l("This group is not open now.")


class ShownOut(DomainError):
    """They were removed and may not come back."""

    sentence = _l("Those who look after this group decided that you cannot join it.")


class NotInvited(DomainError):
    """Into this group nobody gets this way."""

    sentence = _l("You cannot join this group in this way.")


class DecidedAlready(DomainError):
    """Somebody else answered, or it was taken back."""

    sentence = _l("This was answered or taken back already.")


class LastConvener(DomainError):
    """Without them nobody would look after the group."""

    sentence = _l("Nobody else looks after this group. Please make another member a convener first.")


class NotAConvener(DomainError):
    """A convener is removed by nobody but moderators."""

    sentence = _l("This person looks after the group too, and cannot be removed here.")


class TooManyConveners(DomainError):
    """The group has as many conveners as it may have."""

    sentence = _l("This group has enough conveners.")


class NotToBeInvited(DomainError):
    """There is nobody by this name whom the inviter may see, or they cannot be invited."""

    status = 422
    sentence = _l("We found nobody by this handle whom you could invite.")


class InvitedAlready(DomainError):
    """They were invited; what they answered is not told."""

    status = 422
    sentence = _l("This person was invited already.")


class ChangedMeanwhile(DomainError):
    """Two people changed the same words."""

    sentence = _l("Somebody else changed this meanwhile. Your words are still below: please compare and save again.")


class EnoughWaits(DomainError):
    """Some of their proposals wait already."""

    sentence = _l("Two of your proposals wait for an answer. Please wait until they are decided.")


class EnoughNotes(DomainError):
    """The shelf is full."""

    sentence = _l("There is no more room. Please remove a note first.")


class OwnProposal(DomainError):
    """Nobody decides on their own proposal."""

    sentence = _l("You proposed this group yourself. Please let somebody else decide.")


class KeptClosed(DomainError):
    """Moderators closed the group."""

    sentence = _l("Moderators closed this group: its conveners cannot open it again.")
