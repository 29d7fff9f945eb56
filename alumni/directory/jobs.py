"""Once a day: who is new in the searches that members keep. Once for each change of the index: all of it anew."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from academy import db
from academy.i18n import lazy_gettext as _l
from academy.i18n import ngettext
from academy.jobs import registry
from academy.notices import kinds
from academy.notices.kinds import Kind
from alumni.directory import renewing, saving


def init_app() -> None:
    """Let the worker look once a day, and members be told."""
    kinds.add(Kind(saving.KIND, _l("Somebody new fits a search you keep"), _sentence))
    registry.add_interval("directory.searches", look, every=timedelta(days=1))
    registry.add_once(f"directory.renew.{renewing.INDEXING}", renew)


def look(_values: object, now: datetime) -> None:
    """Tell every member who keeps searches of the people who are new in them; each in a transaction of their own."""
    with db.the_database().reading() as session:
        numbers = saving.searchers(session)
    for number in numbers:
        with db.the_database().transaction() as session:
            saving.tell_of_new(session, number, now)


def renew(_values: object, _now: datetime) -> None:
    """Let everybody be found by what this version makes of their profiles."""
    for _done in renewing.renewed():
        pass


def _sentence(values: Mapping[str, object]) -> str:
    count = int(str(values["num"]))
    return ngettext(
        "%(num)s new person fits your search “%(search)s”.",
        "%(num)s new people fit your search “%(search)s”.",
        count,
        search=str(values["search"]),
    )
