"""Why something about sessions cannot be done: each reason is one sentence."""

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l


class AnsweredAlready(DomainError):
    """The invitation was answered or taken back."""

    sentence = _l("This invitation was answered or taken back in the meantime.")


class NotToLog(DomainError):
    """Hours cannot be logged now."""

    sentence = _l("Hours can be noted once the session has begun, until they are confirmed.")


class NothingToConfirm(DomainError):
    """No hours wait."""

    sentence = _l("No hours wait to be confirmed here: somebody was quicker, or they were sent back.")


class CannotBeCancelled(DomainError):
    """Something came of the session already."""

    sentence = _l("This session cannot be called off any more: hours were noted for it.")


class NoHours(DomainError):
    """Nothing is there to be certified."""

    sentence = _l("There is no whole confirmed hour that was not used for a certificate yet.")
