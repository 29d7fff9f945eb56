"""Issue, withdraw, restore, show and hide certificates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Update, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy import i18n, zones
from academy.audit.service import record
from academy.people.actor import Actor
from courses.catalogue.library import LiveCourse
from courses.certificates import alumni, history, printing, queries, rules, telling, validity
from courses.certificates.codes import new_code
from courses.certificates.models import Certificate, EventKind, WithdrawClass
from courses.certificates.names import printable
from courses.certificates.refusals import (
    AlreadyWithdrawn,
    AnotherStands,
    CannotBeIssued,
    HolderErased,
    LettersMissing,
    NameMissing,
    NoArabicFont,
    NoSuchTier,
    NotEarned,
    NotWithdrawn,
    TakenAway,
)
from courses.certificates.rules import Candidate
from courses.credentials import service as credentials
from courses.progress.rules import Tier


@dataclass(frozen=True, slots=True)
class Award:
    """What is given to people, by whom (None: the command line) and when; `exception` is why it is given too early."""

    live: LiveCourse
    tier: Tier
    by: Actor | None
    now: datetime
    exception: str = ""


@dataclass(frozen=True, slots=True)
class Granted:
    """A certificate, and whether it is new."""

    certificate: Certificate
    fresh: bool


def issue(session: Session, *, candidate: Candidate, award: Award) -> Certificate:
    """Give a certificate, or the one they hold already; raise CannotBeIssued with the reason."""
    given = _give(session, candidate, award)
    if given.fresh:
        _follow(session, [given.certificate], award)
    return given.certificate


def issue_many(session: Session, *, candidates: list[Candidate], award: Award) -> dict[int, Granted | CannotBeIssued]:
    """Give certificates to all of these who can have one; says by member what came of it."""
    look_at_names(candidates)
    came: dict[int, Granted | CannotBeIssued] = {}
    for candidate in candidates:
        try:
            came[candidate.member_id] = _give(session, candidate, award)
        except CannotBeIssued as refusal:
            came[candidate.member_id] = refusal
    _follow(session, [each.certificate for each in came.values() if isinstance(each, Granted) and each.fresh], award)
    return came


def _give(session: Session, candidate: Candidate, award: Award) -> Granted:
    if candidate.certificate is not None:
        return Granted(candidate.certificate, fresh=False)
    _check(candidate, award)
    certificate = _certificate(candidate, award)
    try:
        with session.begin_nested():
            session.add(certificate)
    except IntegrityError:
        held = queries.standing(session, member_id=candidate.member_id, course_slug=award.live.slug, tier=award.tier)
        if held is None:
            raise
        return Granted(held, fresh=False)
    _note_issue(session, certificate, award, excepted=candidate.needs_exception(award.tier))
    return Granted(certificate, fresh=True)


def look_at_names(candidates: Iterable[Candidate]) -> None:
    """Find out about the letters of all names to be printed at once, before each is asked about by itself."""
    names = (written(each.legal_name, each.second_name) for each in candidates if each.certificate is None)
    printing.strange_letters_of(filter(None, names))


def obstacle(candidate: Candidate, award: Award) -> CannotBeIssued | None:
    """What keeps this person from the certificate, if anything does."""
    try:
        _check(candidate, award)
    except CannotBeIssued as refusal:
        return refusal
    return None


def _check(candidate: Candidate, award: Award) -> None:
    if award.tier not in rules.tiers_of(award.live.course):
        raise NoSuchTier
    if not candidate.checklist.reached(award.tier) and not award.exception:
        raise NotEarned
    if candidate.withdrawn is not None and not award.exception:
        raise TakenAway
    check_name(candidate.legal_name, candidate.second_name)


def written(name: str, second_name: str) -> str:
    """A name as it stands on paper, in both scripts."""
    return " ".join(filter(None, (printable(name), printable(second_name))))


def check_name(name: str, second_name: str) -> None:
    """Raise NameMissing, NoArabicFont or LettersMissing for a name that no document can show."""
    if not printable(name):
        raise NameMissing
    both = written(name, second_name)
    if printing.lacks_arabic_font(both):
        raise NoArabicFont
    if letters := printing.strange_letters(both):
        raise LettersMissing(letters)


def _certificate(candidate: Candidate, award: Award) -> Certificate:
    course, cohort = award.live.course, candidate.cohort
    months = course.certificate.months if course.certificate else 0
    language = candidate.language if candidate.language in i18n.offered() else i18n.offered()[0]
    return Certificate(
        code=new_code(),
        member_id=candidate.member_id,
        course_slug=award.live.slug,
        tier=award.tier,
        edition=award.live.edition_number,
        holder_name=printable(candidate.legal_name),
        second_name=printable(candidate.second_name),
        language=language,
        hours=course.hours,
        course_title=course.text(*i18n.reading_order(language)).title[:255],
        cohort_id=cohort.id if cohort else None,
        cohort_name=cohort.name if cohort else "",
        cohort_year=cohort.year if cohort else None,
        how_checked=rules.how_checked(course, candidate.checklist, award.tier),
        issued_at=award.now,
        expires_at=validity.expiry(award.now, months, zones.home()),
        issued_by=award.by.id if award.by else None,
        excepted=candidate.needs_exception(award.tier),
    )


def _note_issue(session: Session, certificate: Certificate, award: Award, *, excepted: bool) -> None:
    words = award.exception if excepted else ""
    history.note(session, certificate, EventKind.ISSUED, by=award.by, now=award.now, words=words)
    history.keep_version(session, certificate, by=award.by, now=award.now)
    credentials.allot(session, code=certificate.code, now=award.now)
    record(
        session,
        actor=award.by,
        action="certificate.excepted" if excepted else "certificate.issued",
        now=award.now,
        subject=f"certificate:{certificate.code}",
        detail=award.exception if excepted else f"{award.live.slug} {award.tier}",
    )


def _follow(session: Session, certificates: list[Certificate], award: Award) -> None:
    alumni.settle(session, certificates=certificates, by=award.by, now=award.now)
    telling.tell(session, certificates=certificates, what=EventKind.ISSUED, now=award.now)


def withdraw(
    session: Session, *, certificate: Certificate, reason: WithdrawClass, words: str, by: Actor | None, now: datetime
) -> None:
    """Let a certificate no longer stand; raise AlreadyWithdrawn when somebody was quicker."""
    standing = update(Certificate).where(Certificate.id == certificate.id, Certificate.withdrawn_at.is_(None))
    marks = {
        "withdrawn_at": now,
        "withdrawn_by": by.id if by else None,
        "withdraw_class": reason,
        "withdraw_words": words,
    }
    if not _changed(session, standing.values(marks)):
        raise AlreadyWithdrawn
    credentials.withdraw(session, code=certificate.code, now=now)
    history.note(session, certificate, EventKind.WITHDRAWN, by=by, now=now, words=words)
    subject = f"certificate:{certificate.code}"
    record(session, actor=by, action="certificate.withdrawn", now=now, subject=subject, detail=reason)
    alumni.settle(session, certificates=[certificate], by=by, now=now)
    telling.tell(session, certificates=[certificate], what=EventKind.WITHDRAWN, now=now)


def restore(session: Session, *, certificate: Certificate, by: Actor, now: datetime) -> None:
    """Let a withdrawn certificate stand again; raise NotWithdrawn, HolderErased or AnotherStands."""
    if certificate.member_id is None:
        raise HolderErased
    gone = update(Certificate).where(Certificate.id == certificate.id, Certificate.withdrawn_at.is_not(None))
    marks = {"withdrawn_at": None, "withdrawn_by": None, "withdraw_class": "", "withdraw_words": ""}
    try:
        with session.begin_nested():
            restored = _changed(session, gone.values(marks))
    except IntegrityError as error:
        raise AnotherStands from error
    if not restored:
        raise NotWithdrawn
    credentials.restore(session, code=certificate.code, now=now)
    history.note(session, certificate, EventKind.RESTORED, by=by, now=now)
    record(session, actor=by, action="certificate.restored", now=now, subject=f"certificate:{certificate.code}")
    alumni.settle(session, certificates=[certificate], by=by, now=now)
    telling.tell(session, certificates=[certificate], what=EventKind.RESTORED, now=now)


def show_name(session: Session, *, certificate: Certificate, shown: bool, by: Actor, now: datetime) -> None:
    """Let whoever has the code see the name, or keep it back; saying the same twice changes nothing."""
    other = update(Certificate).where(Certificate.id == certificate.id, Certificate.shows_name.is_(not shown))
    if _changed(session, other.values(shows_name=shown)):
        history.note(session, certificate, EventKind.SHOWN if shown else EventKind.HIDDEN, by=by, now=now)


def _changed(session: Session, statement: Update) -> bool:
    return session.execute(statement.returning(Certificate.id)).first() is not None
