"""Why something about mentoring cannot be done: each reason is one sentence."""

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l


class NotOfAge(DomainError):
    """Minors are written to by nobody but staff."""

    status = 403
    sentence = _l("Mentoring is for adults. If you need help, please write to those who teach you.")


class NoPlaceLeft(DomainError):
    """The mentor accompanies as many people as they said they would."""

    sentence = _l("All your places are taken now. You can offer more places, or decline kindly.")


class TooFewPlaces(DomainError):
    """Fewer places than pairs that run."""

    sentence = _l("You accompany more people than that now. Please offer at least as many places.")


class AnsweredAlready(DomainError):
    """The request was answered, passed on or taken back in the meantime."""

    sentence = _l("This request does not wait for you any more: it was answered, passed on or taken back.")


class AskedAlready(DomainError):
    """Somebody asks for a mentor while an earlier request waits."""

    sentence = _l("Your earlier request still waits for an answer. Take it back before you ask again.")


class EndedAlready(DomainError):
    """The pair has said goodbye."""

    sentence = _l("This mentoring has ended. What was written stays readable for both of you.")


class NotEnded(DomainError):
    """Thanks come at the end."""

    sentence = _l("This mentoring has not ended yet.")


class WrittenElsewhere(DomainError):
    """A note was changed in another window."""

    sentence = _l(
        "You changed this note in another window in the meantime. Both texts are below: please bring them together."
    )


class NotThatStep(DomainError):
    """A goal cannot go from where it is to there."""

    sentence = _l("This goal was changed in the meantime. Please look at it again.")


class EnoughGoals(DomainError):
    """The two wrote down as many goals as anybody can keep in sight."""

    status = 422
    sentence = _l("There are thirty goals already. Please let one of them go first.")
