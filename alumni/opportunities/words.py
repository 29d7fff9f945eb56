"""The words of opportunities, and the lists their forms choose from."""

from academy.countries import named, names
from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l

KINDS: dict[str, Text] = {
    "job": _l("Job"),
    "call": _l("Call for proposals or participants"),
    "scholarship": _l("Scholarship"),
    "internship": _l("Internship"),
    "fellowship": _l("Fellowship"),
}
PAY: dict[str, Text] = {
    "paid": _l("Paid"),
    "costs": _l("Costs are covered"),
    "unpaid": _l("Unpaid"),
    "none": _l("Not a matter of pay"),
}
DEADLINES: dict[str, Text] = {"7": _l("Within a week"), "30": _l("Within a month"), "90": _l("Within three months")}
NEIGHBOURS = ("AF", "KZ", "KG", "TJ", "TM", "UZ")
"""Where most members live: first in every list of countries."""


def countries() -> list[tuple[str, str]]:
    """Code and name of every country, the members' own first, the others as the reader's list of names has them."""
    known = names()
    others = sorted((name, code) for code, name in known.items() if code not in NEIGHBOURS)
    return [*((code, known[code]) for code in NEIGHBOURS), *((code, name) for name, code in others)]


def where(country: str, *, remote: bool) -> str:
    """Where the work is."""
    name = named(country) if country else ""
    if remote and name:
        return _("%(country)s, or from anywhere", country=name)
    if remote:
        return _("From anywhere")
    return name or _("Several places")
