"""Audiences: to whom a member opens something, from nobody else to everyone."""

from enum import IntEnum

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l


class Audience(IntEnum):
    """Who may see a field. Each audience is part of the next; as a distance: how far from its owner somebody stands."""

    ME = 0
    COHORT = 1
    NETWORK = 2
    EVERYONE = 3


WORDS: dict[Audience, Text] = {
    Audience.ME: _l("Only me"),
    Audience.COHORT: _l("My cohort"),
    Audience.NETWORK: _l("The network"),
    Audience.EVERYONE: _l("Everyone"),
}

MEANINGS: dict[Audience, Text] = {
    Audience.ME: _l("Nobody else sees it, not even those who run the academy."),
    Audience.COHORT: _l("Those who took a course in the same cohort as you."),
    Audience.NETWORK: _l("Your cohort, all alumni, and the people who look after the network."),
    Audience.EVERYONE: _l("Anybody on the internet, signed in or not."),
}
