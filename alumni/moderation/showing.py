"""Cases in words, for those whom they concern."""

from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from academy import i18n
from academy.i18n import Text
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from alumni.moderation.lists import Own
from alumni.moderation.models import DECIDED, IN_REVIEW, OPEN, Case
from alumni.moderation.subjects import subject_of
from alumni.moderation.words import FAULTS, REASONS

Tone = tuple[str, str]

ON_THING: dict[str, Text] = {
    "kept": _l("It stays as it was."),
    "hidden": _l("It is hidden from others."),
    "removed": _l("It was removed."),
    "approved": _l("It was accepted: others can see it."),
    "refused": _l("It was not accepted."),
    "gone": _l("Its owner took it away."),
}
ON_PERSON: dict[str, Text] = {
    "warned": _l("This is a warning."),
    "silenced": _l("For a time, writing is closed to this member; reading is not."),
    "suspended": _l("This member can no longer sign in."),
}
APPEALS: dict[str, Text] = {
    "open": _l("A second look was asked for. There is no answer yet."),
    "granted": _l("After a second look the decision was taken back."),
    "refused": _l("After a second look the decision stands."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A report or a decision in a list."""

    title: str
    text: str
    facts: tuple[str, ...]
    state: Tone
    url: str = ""


def name_of(kind: str) -> str:
    """What a kind of thing is called; features may have gone."""
    subject = subject_of(kind)
    return str(subject.label) if subject else _("Something that no longer exists")


def own_report(own: Own) -> Line:
    """A report, as whoever made it sees it: what became of it only in general."""
    made = _("reported on %(day)s", day=i18n.long_date(own.report.made_at))
    return Line(
        name_of(own.case.kind),
        _outcome(own.case),
        (str(REASONS.get(own.report.reason, "")), made),
        (_("Answered"), "done") if own.case.state == DECIDED else (_("Waiting"), "due"),
    )


def _outcome(case: Case) -> str:
    if case.state == OPEN:
        return _("The moderators have not decided yet.")
    if case.on_thing in {"hidden", "removed", "gone"} or case.on_person:
        return _("The moderators agreed with you and did something about it. Thank you.")
    return _("The moderators looked at it and found that it keeps to the rules. Thank you all the same.")


def known_to_owner(case: Case) -> bool:
    """Whether the owner of a thing knows of the case: what they sent in, and what has consequences for them."""
    return case.origin == IN_REVIEW or case.told_at is not None


def about_me(case: Case) -> Line:
    """A decision, as the one it is about finds it in a list."""
    day = case.decided_at or case.opened_at
    return Line(
        name_of(case.kind),
        " ".join(sentences(case)),
        (i18n.long_date(day),),
        _state(case),
        url_for("moderation.decision", case_id=case.id),
    )


def _state(case: Case) -> Tone:
    if case.state == OPEN:
        return _("Waiting"), "due"
    if case.appeal == "open":
        return _("Second look"), "info"
    if case.appeal == "granted" or case.on_thing == "approved":
        return _("In order"), "done"
    return _("Decided"), "plain"


def sentences(case: Case) -> list[str]:
    """What was decided, in sentences."""
    if case.state == OPEN and case.told_at is not None:
        return [_("The decision was taken back. The moderators look at it once more.")]
    if case.state == OPEN:
        return [_("The moderators look at it before others see it.")]
    said = [ON_THING.get(case.on_thing), ON_PERSON.get(case.on_person), APPEALS.get(case.appeal)]
    return [str(each) for each in said if each]


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision, as its page shows it to the person it is about."""

    title: str
    sentences: list[str]
    reason: str
    words: str
    day: str
    page: str
    appeal_words: str
    answer: str


def decision(session: Session, case: Case) -> Decision:
    """What the page of a decision says."""
    subject = subject_of(case.kind)
    return Decision(
        name_of(case.kind),
        sentences(case),
        str(FAULTS.get(case.reason, "")),
        case.words,
        i18n.long_date(case.decided_at or case.opened_at),
        subject.page(session, case.number) if subject else "",
        case.appeal_words,
        case.appeal_answer,
    )
