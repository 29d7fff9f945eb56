"""Write to earlier graduates, and take their answers: yes, not me, or nothing for a month."""

import secrets
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy import db
from academy.audit.service import record
from academy.dialects import in_so_many_words
from academy.errors import DomainError
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.i18n import offered
from academy.jobs import pokes
from academy.mail.service import Address, forget, queue
from academy.mail.writing import public_url, speaking
from academy.people import alumnus
from academy.people.actor import Actor
from academy.people.models import ACTIVE, Member
from academy.people.presence import hash_of
from alumni.graduates.models import CONFIRMED, INVITED, LISTED, REFUSED, WAITING, WITHDRAWN, EarlierGraduate, PastCohort
from alumni.graduates.rules import LINK_LIVES, may_be_invited, may_be_withdrawn
from alumni.graduates.sealing import sealed

OUTBOX = "graduates"
AT_ONCE = 50


class NotInvited(DomainError):
    """No letter may go to them now."""

    sentence = _l("No letter can go to this person now: at most one a day, three in all, and none after a refusal.")


class LinkEnded(DomainError):
    """The link of an invitation is too old or was taken back."""

    status = 404
    sentence = _l("This invitation is no longer open. Ask whoever looks after this place for a new one.")


def invite_all(session: Session, *, by: Actor, now: datetime) -> int:
    """Let everybody who has an address and was never written to get a letter soon; says how many."""
    fresh = update(EarlierGraduate).where(EarlierGraduate.state == LISTED, EarlierGraduate.email != "")
    people = len(session.execute(fresh.values(state=WAITING).returning(EarlierGraduate.id)).all())
    if people:
        record(session, actor=by, action="graduates.invited", now=now, detail=str(people))
        pokes.after_commit(OUTBOX)
    return people


def invite(session: Session, *, graduate: EarlierGraduate, by: Actor, now: datetime) -> None:
    """Let one person get a letter soon, the first or another; raise NotInvited."""
    if not may_be_invited(graduate.state, graduate.email, graduate.letters, graduate.invited_at, now):
        raise NotInvited
    graduate.state = WAITING
    record(session, actor=by, action="graduate.invited", now=now, subject=f"graduate:{graduate.id}")
    pokes.after_commit(OUTBOX)


def withdraw(session: Session, *, graduate: EarlierGraduate, by: Actor, now: datetime) -> None:
    """Take an invitation back, or the standing it gave."""
    if not may_be_withdrawn(graduate.state):
        return
    member_id, graduate.member_id = graduate.member_id, None
    graduate.state, graduate.token_hash = WITHDRAWN, ""
    session.flush()
    record(session, actor=by, action="graduate.withdrawn", now=now, subject=f"graduate:{graduate.id}")
    if member_id is not None:
        alumnus.settle(session, member_ids=[member_id], by=by, now=now)


def pump(now: datetime) -> None:
    """Write the letters that wait, some at a time, each batch in a transaction of its own."""
    while True:
        with db.the_database().transaction() as session:
            if not _write_some(session, now):
                return


def _write_some(session: Session, now: datetime) -> bool:
    waiting = (
        select(EarlierGraduate, PastCohort.year)
        .join(PastCohort, PastCohort.id == EarlierGraduate.cohort_id)
        .where(EarlierGraduate.state == WAITING)
        .order_by(EarlierGraduate.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True, of=EarlierGraduate)
    )
    found = session.execute(waiting).all()
    spoken = _languages(session, [row[0].email_key for row in found])
    for graduate, year in found:
        _send(session, graduate, year, spoken.get(graduate.email_key, ""), now)
    return bool(found)


def _languages(session: Session, keys: list[str]) -> dict[str, str]:
    """The languages of those who have an account already."""
    rows = session.execute(
        select(Member.email_key, Member.language).where(Member.email_key.in_(keys), Member.state == ACTIVE)
    )
    return {row.email_key: row.language for row in rows}


def _send(session: Session, graduate: EarlierGraduate, year: int, language: str, now: datetime) -> None:
    token = secrets.token_urlsafe(32)
    graduate.token_hash, graduate.state = hash_of(token), INVITED
    graduate.invited_at, graduate.expires_at, graduate.letters = now, now + LINK_LIVES, graduate.letters + 1
    link = public_url("graduates.answer", token=token)
    subject, text = ("", "") if language else _in_russian(str(year), link)
    values = {"year": str(year), "link": link, "other_subject": subject, "other": text}
    to = Address(graduate.email, "", language or "en")
    queue(session, to=to, template="earlier_graduate", values=values, now=now)


def _in_russian(year: str, link: str) -> tuple[str, str]:
    """The same once more, for those of whom no language is known: most read one of the two."""
    if "ru" not in offered():
        return "", ""
    with speaking("ru"):
        first, second, last = sentences(year)
        return _("A question for you"), f"{first}\n\n{second}\n\n{link}\n\n{last}"


def sentences(year: str) -> tuple[str, str, str]:
    """What the letter says: two sentences before the link and one after it, as in its template."""
    return (
        _("We believe that you finished our course in %(year)s, before this site was there.", year=year),
        _("Is that so? Then you can take your place among its graduates. The link is good for 30 days:"),
        _("If it was not you, say so behind the same link: then we forget this address."),
    )


def by_token(session: Session, token: str, now: datetime) -> tuple[EarlierGraduate, PastCohort]:
    """Whose link it is, answered or not; raise LinkEnded."""
    found = session.execute(
        select(EarlierGraduate, PastCohort)
        .join(PastCohort, PastCohort.id == EarlierGraduate.cohort_id)
        .where(EarlierGraduate.token_hash == hash_of(token), EarlierGraduate.token_hash != in_so_many_words(""))
    ).one_or_none()
    if found is None or (found[0].state == INVITED and found[0].expires_at is not None and found[0].expires_at < now):
        raise LinkEnded
    return found[0], found[1]


def confirm(session: Session, *, graduate: EarlierGraduate, member: Actor, now: datetime) -> bool:
    """Let this member be the person on the list, an alumnus from now on; says whether it changed anything."""
    mine = update(EarlierGraduate).where(
        EarlierGraduate.id == graduate.id, EarlierGraduate.state.in_((INVITED, WAITING))
    )
    done = mine.values(state=CONFIRMED, member_id=member.id, answered_at=now).returning(EarlierGraduate.id)
    if session.execute(done).first() is None:
        return False
    alumnus.settle(session, member_ids=[member.id], by=member, now=now)
    record(session, actor=member, action="graduate.confirmed", now=now, subject=f"graduate:{graduate.id}")
    return True


def refuse(session: Session, *, graduate: EarlierGraduate, now: datetime) -> None:
    """Whoever got the letter says that it is not them: their address goes, and no other letter is written to it."""
    if graduate.state not in {INVITED, WAITING}:
        return
    forget(session, email=graduate.email)
    graduate.state, graduate.answered_at, graduate.email = REFUSED, now, ""
    graduate.email_key = sealed(graduate.email_key)
    record(session, actor=None, action="graduate.refused", now=now, subject=f"graduate:{graduate.id}")
