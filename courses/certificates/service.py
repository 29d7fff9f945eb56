"""Issue, withdraw, restore, show and hide certificates; forget their holders."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Update, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy import clock, i18n
from academy.audit.service import record
from academy.people.actor import Actor
from courses.catalogue.library import LiveCourse
from courses.certificates import alumni, printing, queries, rules, telling
from courses.certificates.codes import new_code
from courses.certificates.models import (
    Certificate,
    CertificateBatchLine,
    CertificateEvent,
    CertificateName,
    CertificateRequest,
    CertificateVersion,
    EventKind,
    WithdrawClass,
)
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


def issue(session: Session, *, candidate: Candidate, award: Award) -> Certificate:
    """Give a certificate, or the one they hold already; raise CannotBeIssued with the reason."""
    given = _give(session, candidate, award)
    if given.fresh:
        _follow(session, [given.certificate], award)
    return given.certificate


def issue_many(session: Session, *, candidates: list[Candidate], award: Award) -> None:
    """Give certificates to all of these who can have one; the others keep their reasons."""
    look_at_names(candidates)
    given = []
    for candidate in candidates:
        try:
            given.append(_give(session, candidate, award))
        except CannotBeIssued:
            continue
    _follow(session, [each.certificate for each in given if each.fresh], award)


@dataclass(frozen=True, slots=True)
class _Given:
    certificate: Certificate
    fresh: bool


def _give(session: Session, candidate: Candidate, award: Award) -> _Given:
    if candidate.certificate is not None:
        return _Given(candidate.certificate, fresh=False)
    _check(candidate, award)
    certificate = _certificate(candidate, award)
    try:
        with session.begin_nested():
            session.add(certificate)
    except IntegrityError:
        held = queries.standing(session, member_id=candidate.member_id, course_slug=award.live.slug, tier=award.tier)
        if held is None:
            raise
        return _Given(held, fresh=False)
    _note_issue(session, certificate, award, excepted=candidate.needs_exception(award.tier))
    return _Given(certificate, fresh=True)


def look_at_names(candidates: Iterable[Candidate]) -> None:
    """Find out about the letters of all names to be printed at once, before each is asked about by itself."""
    names = (printable(each.legal_name) for each in candidates if each.certificate is None)
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
    name = printable(candidate.legal_name)
    if not name:
        raise NameMissing
    if printing.lacks_arabic_font(name):
        raise NoArabicFont
    if letters := printing.strange_letters(name):
        raise LettersMissing(letters)


def _certificate(candidate: Candidate, award: Award) -> Certificate:
    course, cohort = award.live.course, candidate.cohort
    language = candidate.language if candidate.language in i18n.offered() else i18n.offered()[0]
    return Certificate(
        code=new_code(),
        member_id=candidate.member_id,
        course_slug=award.live.slug,
        tier=award.tier,
        edition=award.live.edition_number,
        holder_name=printable(candidate.legal_name),
        language=language,
        hours=course.hours,
        course_title=course.text(*i18n.reading_order(language)).title[:255],
        cohort_id=cohort.id if cohort else None,
        cohort_name=cohort.name if cohort else "",
        cohort_year=cohort.year if cohort else None,
        how_checked=rules.how_checked(course, candidate.checklist, award.tier),
        issued_at=award.now,
        issued_by=award.by.id if award.by else None,
        excepted=candidate.needs_exception(award.tier),
    )


def _note_issue(session: Session, certificate: Certificate, award: Award, *, excepted: bool) -> None:
    _note(session, certificate, EventKind.ISSUED, by=award.by, now=award.now, words=award.exception if excepted else "")
    session.add(_version(certificate, by=award.by, now=award.now))
    credentials.allot(session, code=certificate.code, now=award.now)
    record(
        session,
        actor=award.by,
        action="certificate.excepted" if excepted else "certificate.issued",
        now=award.now,
        subject=f"certificate:{certificate.code}",
        detail=award.exception if excepted else f"{award.live.slug} {award.tier}",
    )


def _version(certificate: Certificate, *, by: Actor | None, now: datetime) -> CertificateVersion:
    """The document as it is printed now."""
    return CertificateVersion(
        certificate_id=certificate.id,
        number=certificate.version,
        holder_name=certificate.holder_name,
        second_name=certificate.second_name,
        expires_at=certificate.expires_at,
        made_at=now,
        made_by=by.id if by else None,
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
    _note(session, certificate, EventKind.WITHDRAWN, by=by, now=now, words=words)
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
    _note(session, certificate, EventKind.RESTORED, by=by, now=now)
    record(session, actor=by, action="certificate.restored", now=now, subject=f"certificate:{certificate.code}")
    alumni.settle(session, certificates=[certificate], by=by, now=now)
    telling.tell(session, certificates=[certificate], what=EventKind.RESTORED, now=now)


def show_name(session: Session, *, certificate: Certificate, shown: bool, by: Actor, now: datetime) -> None:
    """Let whoever has the code see the name, or keep it back; saying the same twice changes nothing."""
    other = update(Certificate).where(Certificate.id == certificate.id, Certificate.shows_name.is_(not shown))
    if _changed(session, other.values(shows_name=shown)):
        _note(session, certificate, EventKind.SHOWN if shown else EventKind.HIDDEN, by=by, now=now)


def forget_member(session: Session, member_id: int) -> None:
    """Take an erased holder out of their certificates: the code and its state remain, names and words go."""
    theirs = select(Certificate.id).where(Certificate.member_id == member_id)
    codes = session.scalars(select(Certificate.code).where(Certificate.member_id == member_id)).all()
    credentials.forget(session, codes=codes, now=clock.now())
    session.execute(update(CertificateEvent).where(CertificateEvent.certificate_id.in_(theirs)).values(words=""))
    session.execute(
        update(CertificateEvent)
        .where(CertificateEvent.certificate_id.in_(theirs), CertificateEvent.by_id == member_id)
        .values(by_id=None)
    )
    session.execute(
        update(CertificateVersion)
        .where(CertificateVersion.certificate_id.in_(theirs))
        .values(holder_name="", second_name="")
    )
    for table in (CertificateName, CertificateRequest, CertificateBatchLine):
        session.execute(delete(table).where(table.member_id == member_id))
    session.execute(
        update(Certificate)
        .where(Certificate.member_id == member_id)
        .values(member_id=None, holder_name="", second_name="", shows_name=False, withdraw_words="")
    )


def _changed(session: Session, statement: Update) -> bool:
    return session.execute(statement.returning(Certificate.id)).first() is not None


def _note(
    session: Session, certificate: Certificate, kind: EventKind, *, by: Actor | None, now: datetime, words: str = ""
) -> None:
    session.add(
        CertificateEvent(certificate_id=certificate.id, kind=kind, at=now, by_id=by.id if by else None, words=words)
    )
