"""What members are told about the forum: never who wrote, never what; titles as they are when the notice is read."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.i18n import ngettext
from academy.notices import kinds
from academy.notices.kinds import Kind, Values
from academy.notices.models import AT_ONCE, DAILY, Notice
from alumni.forum.letters import enclosing, queries
from alumni.forum.letters.rules import ANSWER, MENTION, WATCHED, topic_in


def init_app() -> None:
    """Let members be told."""
    hint = _l("Letters do not carry the words of posts unless you ask for them on the page “My choices for the forum”.")
    for name, title, sentence, mail in (
        (MENTION, _l("Somebody mentions you in the forum"), _mentioned, AT_ONCE),
        (ANSWER, _l("Somebody answers or quotes you in the forum"), _answered, AT_ONCE),
        (WATCHED, _l("New posts in topics and places of the forum that you watch"), _watched, DAILY),
    ):
        kinds.add(Kind(name, title, sentence, mail=mail, fill=fill, enclose=enclosing.enclose, hint=hint))


def fill(session: Session, member_id: int, notices: Sequence[Notice]) -> Mapping[int, Values]:
    """What the topics of these notices are called now, as far as the member may read them still."""
    about = {each.id: topic_in(each.about) for each in notices}
    topics = queries.topics_now(session, member_id, set(about.values()))
    return {
        number: {"title": "" if topics[topic][1] else topics[topic][0], "place": topics[topic][2]}
        for number, topic in about.items()
        if topic in topics
    }


def _mentioned(values: Values) -> str:
    if not _title(values):
        return _("You are mentioned in the forum.")
    if _times(values) == 1:
        return _("You are mentioned in “%(title)s”.", title=_title(values))
    return ngettext(
        "%(num)s post mentions you in “%(title)s”.",
        "%(num)s posts mention you in “%(title)s”.",
        _times(values),
        title=_title(values),
    )


def _answered(values: Values) -> str:
    if not _title(values):
        return _("Somebody answered you in the forum.")
    if _times(values) == 1:
        return _("Somebody answered you in “%(title)s”.", title=_title(values))
    return ngettext(
        "%(num)s answer to you in “%(title)s”.",
        "%(num)s answers to you in “%(title)s”.",
        _times(values),
        title=_title(values),
    )


def _watched(values: Values) -> str:
    if not _title(values):
        return _("There are new posts in the forum where you follow it.")
    if values.get("begins") and _times(values) == 1:
        return _("A new topic in “%(place)s”: “%(title)s”.", place=str(values["place"]), title=_title(values))
    return ngettext(
        "%(num)s new post in “%(title)s”.",
        "%(num)s new posts in “%(title)s”.",
        _times(values),
        title=_title(values),
    )


def _title(values: Values) -> str:
    return str(values.get("title") or "")


def _times(values: Values) -> int:
    return int(str(values.get("times", 1)))
