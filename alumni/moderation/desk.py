"""A case as moderators see it: little before they take it, everything that belongs to it after."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from academy import i18n
from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from alumni.moderation import lists, queries, showing
from alumni.moderation.models import IN_REVIEW, OPEN, Case, Report
from alumni.moderation.subjects import subject_of
from alumni.moderation.words import FAULTS, REASONS
from alumni.profiles.queries import Byline
from alumni.profiles.queries import named as named_to
from alumni.profiles.viewers import viewer_of

ACTS: dict[str, Text] = {
    "opened": _l("The case was opened."),
    "reported": _l("A member reported it."),
    "sent_in": _l("A newcomer sent it in."),
    "hidden": _l("It was hidden, because several members reported it."),
    "gone": _l("Its owner took it away."),
    "claimed": _l("%(name)s took the case and read it."),
    "released": _l("%(name)s gave the case back."),
    "decided": _l("%(name)s decided."),
    "undone": _l("%(name)s took the decision back."),
    "appealed": _l("The person asked for a second look."),
    "appeal_granted": _l("%(name)s took the decision back after a second look."),
    "appeal_refused": _l("%(name)s let the decision stand after a second look."),
}

Named = Mapping[int | None, Byline]


@dataclass(frozen=True, slots=True)
class Said:
    """What one member reported."""

    reason: str
    words: str
    who: Byline
    day: str


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of the history."""

    title: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A case on its page; `evidence`, `excerpt`, `said` and `owner` are there only for whoever took it."""

    title: str
    facts: list[str]
    reasons: list[str]
    history: list[Happened]
    decision: list[str]
    fault: str
    evidence: str = ""
    excerpt: str = ""
    page: str = ""
    said: tuple[Said, ...] = ()
    owner: Byline | None = None
    earlier: int = 0


def shown(session: Session, case: Case, actor: Actor, *, is_open: bool) -> Shown:
    """The case for this moderator, `is_open` when it is in their hands."""
    reports, entries = queries.reports_of(session, case.id), queries.history_of(session, case.id)
    people = {each.by_id for each in entries} | ({each.reporter_id for each in reports} if is_open else set())
    people.add(case.owner_id)
    named = named_to(session, viewer_of(session, actor), people)
    base = Shown(
        title=showing.name_of(case.kind),
        facts=_facts(case),
        reasons=[str(REASONS.get(each, each)) for each in dict.fromkeys(each.reason for each in reports)],
        history=[Happened(_sentence(each.act, named[each.by_id]), each.at, each.words) for each in entries],
        decision=[] if case.state == OPEN else showing.sentences(case),
        fault=str(FAULTS.get(case.reason, "")),
    )
    return _opened(session, base, case, tuple(_said(each, named) for each in reports), named) if is_open else base


def _opened(session: Session, base: Shown, case: Case, said: tuple[Said, ...], named: Named) -> Shown:
    subject = subject_of(case.kind)
    return replace(
        base,
        evidence=case.evidence,
        excerpt=subject.excerpt(session, case.number) if subject else "",
        page=subject.page(session, case.number) if subject else "",
        earlier=lists.earlier_of(session, case),
        said=said,
        owner=None if case.owner_id is None or _is_unnamed(session, case) else named[case.owner_id],
    )


def _is_unnamed(session: Session, case: Case) -> bool:
    subject = subject_of(case.kind)
    return subject is not None and subject.unnamed(session, case.number)


def _said(report: Report, named: Named) -> Said:
    who, reason = named[report.reporter_id], str(REASONS.get(report.reason, report.reason))
    return Said(reason, report.words, who, i18n.long_date(report.made_at))


def _facts(case: Case) -> list[str]:
    since = _("since %(day)s", day=i18n.long_date(case.opened_at))
    what = _("sent in by a newcomer") if case.origin == IN_REVIEW else ""
    several = i18n.ngettext("%(num)s report", "%(num)s reports", case.reports) if case.reports else ""
    return [each for each in (what, several, since, _("hidden for now") if case.hidden else "") if each]


def _sentence(act: str, who: Byline) -> str:
    sentence = ACTS.get(act)
    return str(sentence) % {"name": who.called} if sentence else act
