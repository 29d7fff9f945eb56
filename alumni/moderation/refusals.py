"""Why something about a case cannot be done."""

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l


class Overtaken(DomainError):
    """Somebody else did something about the case, or it was reported again, since the page was opened."""

    sentence = _l("Something happened to this case since you opened it. Please look at it again.")


class TakenBySomebody(DomainError):
    """Another moderator holds the case."""

    sentence = _l("Another moderator is looking at this case now.")


class CannotBeDone(DomainError):
    """The thing or the person does not allow this act."""

    sentence = _l("This cannot be done here.")


class StaffStays(DomainError):
    """Whoever has a role is suspended by an admin on the page of people, not in a case."""

    sentence = _l("This person has a role. Ask an admin to take it back first.")


class AlreadyAppealed(DomainError):
    """A decision is looked at again once."""

    sentence = _l("You already asked for a second look at this decision.")


class NotTheSame(DomainError):
    """Somebody else than who decided first answers an appeal, where there is somebody else."""

    sentence = _l("You took this decision. Somebody else looks at the appeal.")


class Silenced(DomainError):
    """A decision keeps the member from writing for a time."""

    status = 403
    sentence = _l(
        "A decision of the moderators keeps you from writing for now. Your page of decisions says until when."
    )
