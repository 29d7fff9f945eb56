"""Why something about the order of the forum cannot be done."""

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l


class ChangedMeanwhile(DomainError):
    """Somebody else changed the same thing since the page was opened."""

    sentence = _l("Somebody changed this meanwhile. What you typed is below; compare it and save again.")


class AddressTaken(DomainError):
    """Another place has this address, or the forum keeps it for itself."""

    status = 422
    sentence = _l("This address is taken. Please choose another.")


class NotEmpty(DomainError):
    """There are topics in the place."""

    sentence = _l("There are topics in this place. Put it away instead: what was written stays readable.")


class FollowsOthers(DomainError):
    """The place belongs to a course, a cohort or a group, which alone decide over it."""

    sentence = _l("This place belongs to a course, a cohort or a group: its name and its people follow theirs.")


class NobodyThere(DomainError):
    """No member has this address or handle."""

    status = 422
    sentence = _l("No member has this e-mail address or handle.")
