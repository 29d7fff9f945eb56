"""What can be refused about keys, in one sentence each: on the command line, and once on a page."""

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l


class KeyExists(DomainError):
    """There is a key that signs."""

    sentence = "There is a key already; change it for another with: flask certificates keys rotate"


class NoKey(DomainError):
    """There is no key that signs."""

    sentence = "There is no key yet; make one with: flask certificates keys create"


class NoSuchKey(DomainError):
    """No key has this name."""

    sentence = "There is no key of this name; see: flask certificates keys list"


class KeyIsCurrent(DomainError):
    """It is the one that signs."""

    sentence = "This key signs at present; change it for another first with: flask certificates keys rotate"


class KeyIsGone(DomainError):
    """It was retired or revoked before."""

    sentence = "This key was given up before."


class SomebodyWasQuicker(DomainError):
    """Two people made a key at once."""

    sentence = "Somebody else made a key at this moment; look with: flask certificates keys list"


class CannotSignNow(DomainError):
    """The private half of the key is not at hand, or is another one."""

    sentence = _l("The site cannot sign at the moment. Please tell those who run it.")
