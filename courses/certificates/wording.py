"""Certificates in words: what a check tells, what is printed, what is still missing, in the language of the context."""

from datetime import datetime

from academy import i18n, zones
from academy.current import the_settings
from academy.i18n import Text, ngettext
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.mail.writing import public_url
from courses.catalogue.content import Kind
from courses.certificates.models import Certificate, EventKind, WithdrawClass
from courses.progress.rules import Item, ItemState, Tier

TIERS: dict[Tier, Text] = {
    Tier.COMPLETION: _l("Completion"),
    Tier.PARTICIPATION: _l("Participation"),
}
CLASSES: dict[WithdrawClass, Text] = {
    WithdrawClass.ERROR: _l("It had been issued by mistake."),
    WithdrawClass.MISCONDUCT: _l("The rules of the academy had been broken."),
    WithdrawClass.SUPERSEDED: _l("A newer certificate with another code took its place."),
    WithdrawClass.REQUEST: _l("Its holder asked for it."),
}
EVENTS: dict[EventKind, Text] = {
    EventKind.ISSUED: _l("Issued"),
    EventKind.REISSUED: _l("Written anew"),
    EventKind.RENEWED: _l("Renewed"),
    EventKind.EXPIRED: _l("Expired"),
    EventKind.SHOWN: _l("The holder lets the name be seen"),
    EventKind.HIDDEN: _l("The holder keeps the name back"),
    EventKind.WITHDRAWN: _l("Withdrawn"),
    EventKind.RESTORED: _l("Restored"),
}


def address(certificate: Certificate) -> str:
    """The full public address where a certificate is checked."""
    return public_url("certificates.show", code=certificate.code)


def promise(certificate: Certificate) -> str:
    """What the holder did, in one sentence."""
    if certificate.tier == Tier.PARTICIPATION:
        return _("The holder took part in the course “%(course)s”.", course=certificate.course_title)
    return _("The holder completed the course “%(course)s”.", course=certificate.course_title)


def tier_sentence(certificate: Certificate) -> str:
    """What the tier stands for."""
    if certificate.tier == Tier.PARTICIPATION:
        return _("It is a certificate of participation: the quizzes and tasks of the course were not asked for.")
    return _("It is a certificate of completion: the quizzes and tasks of the course were asked for as well.")


def hours(certificate: Certificate) -> str:
    """The learner's effort."""
    return ngettext("%(num)s hour of study", "%(num)s hours of study", certificate.hours)


def checked(certificate: Certificate) -> tuple[str, ...]:
    """How it was checked, a line for each kind of work that was done."""
    counts = certificate.how_checked
    lessons, tasks, sessions = (int(counts.get(name, 0)) for name in ("lessons", "tasks", "sessions"))
    lines = (
        ngettext("%(num)s lesson studied", "%(num)s lessons studied", lessons) if lessons else "",
        _quizzes([int(mark) for mark in counts.get("quizzes", [])]),
        ngettext("%(num)s task accepted by a trainer", "%(num)s tasks accepted by a trainer", tasks) if tasks else "",
        ngettext("%(num)s live session attended", "%(num)s live sessions attended", sessions) if sessions else "",
    )
    return tuple(line for line in lines if line)


def _quizzes(marks: list[int]) -> str:
    if not marks:
        return ""
    return ngettext(
        "%(num)s quiz passed with at least %(mark)s of its points",
        "%(num)s quizzes passed, each with at least %(mark)s of its points",
        len(marks),
        mark=i18n.percent(min(marks)),
    )


def cohort_sentence(year: int) -> str:
    """With whom the holder studied."""
    return _("The holder studied with the cohort of %(year)s.", year=i18n.digits(str(year)))


def issue_sentence(certificate: Certificate) -> str:
    """When and by whom it was issued."""
    day = i18n.long_date(zones.home_day(certificate.issued_at))
    return _("It was issued on %(day)s by %(issuer)s.", day=day, issuer=the_settings().name)


def withdrawal(certificate: Certificate) -> str:
    """When and why it was withdrawn; '' while it stands."""
    if certificate.withdrawn_at is None:
        return ""
    day = i18n.long_date(zones.home_day(certificate.withdrawn_at))
    reason = str(CLASSES[WithdrawClass(certificate.withdraw_class)])
    return _("It was withdrawn on %(day)s. %(reason)s", day=day, reason=reason)


def line_left(item: Item) -> str:
    """What is still missing, exactly, in one sentence about this line of the checklist."""
    if item.kind is Kind.QUIZ:
        return _quiz_left(item)
    numbers = {"have": i18n.number(item.have), "need": i18n.number(item.need)}
    if item.kind is Kind.TASK:
        if item.state is ItemState.WAITING:
            return _("%(have)s of %(need)s tasks accepted; the others wait for a trainer.", **numbers)
        return _("%(have)s of %(need)s tasks accepted.", **numbers)
    if item.kind is Kind.SESSION:
        return _("%(have)s of %(need)s live sessions attended.", **numbers)
    return _("%(have)s of %(need)s lessons studied.", **numbers)


def _quiz_left(item: Item) -> str:
    title = item.lesson.text(*i18n.reading_order(i18n.current_code())).title if item.lesson else ""
    if item.state is ItemState.WAITING:
        return _("Quiz “%(quiz)s”: an answer waits for a trainer.", quiz=title)
    need = i18n.percent(item.need)
    if not item.attempted:
        return _("Quiz “%(quiz)s”: not tried yet; %(need)s is asked for.", quiz=title, need=need)
    return _(
        "Quiz “%(quiz)s”: %(have)s reached, %(need)s is asked for.", quiz=title, have=i18n.percent(item.have), need=need
    )


def moment_and_name(at: datetime, name: str) -> str:
    """When something was done, and by whom if it was a person."""
    if not name:
        return i18n.date_and_time(at)
    return _("%(moment)s, %(name)s", moment=i18n.date_and_time(at), name=name)
