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


class NothingPicked(DomainError):
    """No posts were picked, or all of them."""

    status = 422
    sentence = _l("Please pick the posts that go to a new topic: some of them, not all.")


class SameTopic(DomainError):
    """The two cannot become one."""

    status = 422
    sentence = _l("These two topics cannot become one.")


class TooManyLinks(DomainError):
    """A newcomer's post leads to too many places."""

    status = 422
    sentence = _l(
        "Your first posts can have two links and three mentions. That changes once you have been here a while."
    )


class WordNotWanted(DomainError):
    """The post has words that this forum does not take."""

    status = 422
    sentence = _l("This text has words or links that are not taken here. Please say it in another way.")


class WatchedAlready(DomainError):
    """The same is watched."""

    status = 422
    sentence = _l("This is watched already.")


class NothingToWatch(DomainError):
    """There are no letters in it."""

    status = 422
    sentence = _l("Please write words with letters, or the name of a site.")


class OpenToAll(DomainError):
    """Visitors read the place."""

    sentence = _l("Everybody on the internet can read this place. Closed doors need a place with people of its own.")


class NotThatLong(DomainError):
    """The day is past, or too far away."""

    status = 422
    sentence = _l("Please name a day within the next 90 days.")
