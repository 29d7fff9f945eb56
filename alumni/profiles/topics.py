"""What members help each other with: one short list, so that offers and wishes find each other in every language."""

from collections.abc import Iterable

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l

TOPICS: dict[str, Text] = {
    "studies": _l("Choosing and financing studies"),
    "scholarships": _l("Applications and scholarships"),
    "career": _l("Finding work and first years in a job"),
    "diplomacy": _l("Diplomatic service"),
    "mediation": _l("Mediation and negotiation"),
    "women": _l("Women, peace and security"),
    "youth": _l("Youth and peacebuilding"),
    "radicalisation": _l("Preventing violent extremism"),
    "water": _l("Water, climate and borders"),
    "law": _l("Law and human rights"),
    "research": _l("Research and writing"),
    "journalism": _l("Media and journalism"),
    "projects": _l("Running a project"),
    "funding": _l("Raising funds"),
    "speaking": _l("Public speaking and debate"),
    "languages": _l("Learning a language"),
    "digital": _l("Digital skills and safety online"),
}
"""The words for each topic, by the key that is kept."""


def words_of(keys: Iterable[str]) -> list[str]:
    """The topics in words, in the order of the list; keys that are no topics (any more) are left out."""
    wanted = set(keys)
    return [str(words) for key, words in TOPICS.items() if key in wanted]


def topic_choices() -> list[SelectChoice]:
    """Every topic, in the order of the list."""
    return [SelectChoice(key, words) for key, words in TOPICS.items()]
