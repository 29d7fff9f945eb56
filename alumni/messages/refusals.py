"""Why something about messages cannot be done."""

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l


class Ended(DomainError):
    """One of the two left, or is not there, or keeps the other away: nobody is told which."""

    sentence = _l("This conversation has ended. Nothing more can be written here.")


class RequestGone(DomainError):
    """The request was answered or taken back meanwhile."""

    sentence = _l("This request is no longer there.")


class AnsweredAlready(DomainError):
    """The request was accepted before it could be taken back."""

    sentence = _l("Your message has been answered meanwhile.")


class AskedAlready(DomainError):
    """A request to the same person stands, or stood lately."""

    sentence = _l("You already wrote to this person. You can write again once they answer, or in two months.")


class TooManyWaiting(DomainError):
    """Too many requests are not answered yet."""

    status = 429
    sentence = _l("Many of your requests are not answered yet. Please wait for answers, or take some of them back.")


class SentAlready(DomainError):
    """The form was sent before."""

    sentence = _l("This was sent already.")


class TooLate(DomainError):
    """The time in which a message can be deleted is over."""

    sentence = _l("A message can be deleted within 15 minutes. This one stays.")


class NoLinks(DomainError):
    """A newcomer's request leads somewhere else."""

    status = 422
    sentence = _l("Please write the first message without links or addresses. Once you are answered you can send them.")
