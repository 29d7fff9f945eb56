"""Why a certificate cannot be issued, withdrawn, restored or printed: each reason is one sentence."""

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l


class CannotBeIssued(DomainError):
    """Somebody cannot be given this certificate; a batch remembers why as `word`, and as `detail` what it is about."""

    word = "failed"
    detail = ""
    sentence = _l("Something went wrong with this certificate, five times. The log of the worker says what.")


class NoSuchTier(CannotBeIssued):
    """The course gives no such certificate."""

    word = "tier"
    sentence = _l("This course does not give this certificate.")


class NoSuchLearner(CannotBeIssued):
    """There is nobody to give it to."""

    word = "account"
    sentence = _l("There is no active account for this person.")


class NotEarned(CannotBeIssued):
    """Something that the certificate asks for is still open."""

    word = "open"
    sentence = _l("Not everything that this certificate asks for is done yet.")


class TakenAway(CannotBeIssued):
    """An earlier one was withdrawn for good: another is given only for a written reason."""

    word = "withdrawn"
    sentence = _l("An earlier certificate was withdrawn. Another one needs an exception with a written reason.")


class NameMissing(CannotBeIssued):
    """The learner has not said how their name is written."""

    word = "name"
    sentence = _l(
        "This person has not said how their name is written. Ask them to open “My certificates” and to write it there."
    )


class HeldAlready(CannotBeIssued):
    """The person holds a certificate by this template."""

    word = "held"
    sentence = _l("This person holds a certificate by this template already. Please choose another template.")


class LettersMissing(CannotBeIssued):
    """No font has some letters of the name."""

    word = "letters"

    def __init__(self, letters: str) -> None:
        super().__init__(
            _l("The certificate cannot be printed with these letters of the name: %(letters)s", letters=letters)
        )
        self.detail = letters


class NoArabicFont(CannotBeIssued):
    """The name is in Arabic script and no font for it is installed."""

    word = "font"
    sentence = _l(
        "The name is in Arabic script, and no font for it is installed. "
        "Ask whoever runs the machine to install the package fonts-hosny-amiri."
    )


class AlreadyWithdrawn(DomainError):
    """Somebody else withdrew it in the meantime."""

    sentence = _l("This certificate was withdrawn a moment ago. Nothing was changed.")


class NotWithdrawn(DomainError):
    """Somebody else restored it in the meantime."""

    sentence = _l("This certificate is valid. Nothing was changed.")


class AnotherStands(DomainError):
    """A newer certificate took its place."""

    sentence = _l("A newer certificate for the same course is valid. Withdraw that one before you restore this one.")


class HolderErased(DomainError):
    """The holder's account is gone; the certificate has no name any more."""

    sentence = _l("The holder's account was erased, and the name with it. Only the code and its state are left.")


class WithdrawnIsNotPrinted(DomainError):
    """A withdrawn certificate has no sheet."""

    sentence = _l("This certificate was withdrawn, so there is no sheet to print.")


class NotYetSigned(DomainError):
    """The worker has not come round to it yet."""

    sentence = _l("This certificate is being signed. Please try again in a minute.")


class WithdrawnStays(DomainError):
    """What was withdrawn is neither written anew nor renewed."""

    sentence = _l("This certificate was withdrawn. Restore it first.")


class SameAsBefore(DomainError):
    """Nothing about the name is new."""

    sentence = _l("The name is written like this already. Nothing was changed.")


class ChangedMeanwhile(DomainError):
    """Somebody else changed the certificate in the meantime."""

    sentence = _l("Somebody changed this certificate a moment ago. Please look at it again.")


class CountsWithoutEnd(DomainError):
    """There is no last day to move."""

    sentence = _l("This certificate counts without end, so there is nothing to renew.")


class AskedAlready(DomainError):
    """The holder asked for this, and nobody has answered yet."""

    sentence = _l("You asked for this already. You will be told as soon as it is decided.")


class AnsweredAlready(DomainError):
    """Another admin was quicker."""

    sentence = _l("Somebody answered this a moment ago. Nothing was changed.")


class TemplateRetired(CannotBeIssued):
    """The template is no longer given."""

    word = "retired"
    sentence = _l("This certificate is no longer given.")


_BY_WORD = {
    each.word: each
    for each in (NoSuchTier, NoSuchLearner, NotEarned, TakenAway, NameMissing, NoArabicFont, TemplateRetired)
}


def in_words(word: str, detail: str) -> str:
    """Why somebody was given none, in the language of the context."""
    if word == LettersMissing.word:
        return str(LettersMissing(detail))
    return str(_BY_WORD.get(word, CannotBeIssued).sentence)
