"""The words of moderation: reasons, what can be decided, and what they mean."""

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l

DANGER, OTHER = "danger", "other"

REASONS: dict[str, Text] = {
    "scam": _l("It is a scam"),
    "spam": _l("It is advertising or spam"),
    "harassment": _l("It insults, threatens or harasses"),
    "exposure": _l("It exposes a person"),
    DANGER: _l("Somebody is in danger"),
    "extremism": _l("It praises or calls for violence"),
    OTHER: _l("Something else"),
}
REASON_MEANINGS: dict[str, Text] = {
    "scam": _l("It asks for money, documents or passwords, or promises what nobody can keep."),
    "spam": _l("It has nothing to do with this place, or is sent again and again."),
    "harassment": _l("It goes against a person or a group of people."),
    "exposure": _l("It tells who or where somebody is, or shows them, against their will."),
    DANGER: _l("Somebody may come to harm. Moderators look at this first."),
    "extremism": _l("It recruits for violence, or presents it as right."),
    OTHER: _l("Please say in your own words what is wrong."),
}
FAULTS: dict[str, Text] = {
    "scam": _l("A scam, or what looks like one"),
    "spam": _l("Advertising or spam"),
    "harassment": _l("Insults, threats or harassment"),
    "exposure": _l("It exposes a person"),
    DANGER: _l("It puts somebody in danger"),
    "extremism": _l("It praises or calls for violence"),
    OTHER: _l("Another rule of this place"),
}
"""The same reasons as a decision names them."""
