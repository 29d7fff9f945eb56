"""The sections of a profile, in the order in which they are filled in; each is one short page."""

from collections.abc import Mapping
from dataclasses import dataclass

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Section:
    """A page of fields: `columns` are the profile's own, `terms` the kinds of terms; `audiences` who may see which."""

    key: str
    title: Text
    lead: Text
    audiences: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


LABELS: Mapping[str, Text] = {
    "name": _l("Your name"),
    "photo": _l("Photo"),
    "cohort": _l("Cohort"),
    "country": _l("Country"),
    "town": _l("Town"),
    "languages": _l("Languages"),
    "field": _l("Field of work"),
    "organisation": _l("Organisation"),
    "skills": _l("Skills"),
    "story": _l("Story"),
    "links": _l("Links"),
    "offers": _l("I can help with"),
    "seeks": _l("I am looking for"),
    "record": _l("Record at the academy"),
}
"""What each field is called."""

SECTIONS: Mapping[str, Section] = {
    section.key: section
    for section in (
        Section(
            "name",
            _l("Your name"),
            _l("Whoever may not see your name sees nothing of your profile, and cannot tell that it is there."),
            ("name",),
            ("pen_name",),
        ),
        Section(
            "photo",
            _l("Your photo"),
            _l("Nobody needs one: without a photo your first letter stands in a lozenge."),
            ("photo",),
        ),
        Section(
            "academy",
            _l("You and the academy"),
            _l("We know your cohort and your certificates. Who else may?"),
            ("cohort", "record"),
        ),
        Section(
            "place",
            _l("Where you are"),
            _l("Both can stay empty. A town can tell more about somebody than it seems."),
            ("country", "town"),
            ("country", "town"),
        ),
        Section("languages", _l("Languages"), _l("What you speak, and how well."), ("languages",)),
        Section(
            "work",
            _l("Work and skills"),
            _l("What you do, where, and what you know how to do."),
            ("field", "organisation", "skills"),
            ("field", "organisation"),
            ("skills",),
        ),
        Section(
            "story", _l("Your story"), _l("A few lines in your own words, in any language."), ("story",), ("story",)
        ),
        Section("links", _l("Links"), _l("Pages where people can read more of you."), ("links",)),
        Section(
            "help",
            _l("Giving and asking"),
            _l("What you would help others with, and what you would like help with."),
            ("offers", "seeks"),
            (),
            ("offers", "seeks"),
        ),
        Section(
            "figures",
            _l("For the figures only"),
            _l("This is shown to nobody. It is counted among many, and never where fewer than five are counted."),
            (),
            ("gender",),
        ),
    )
}
"""By the word in their address; the address of the profile has a page of its own."""


def after(key: str) -> str:
    """The section that follows; '' after the last."""
    keys = list(SECTIONS)
    return keys[keys.index(key) + 1] if key != keys[-1] else ""
