"""What happens to an account: registered, confirmed, given a new password or address, erased."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.mail.writing import public_url
from academy.people import data_rights, letters, links, passwords, presence, queries, renaming, second_factor, standing
from academy.people.actor import Actor
from academy.people.addresses import as_written, key_of
from academy.people.models import ACTIVE, ERASED, UNCONFIRMED, MailedLink, Member, RoleGrant

NOBODY = "—"
KEPT = "kept"
"""Begins the detail in the log when somebody left something: after a restore the same stays again."""


class AddressTaken(DomainError):
    """Somebody else has this address by now."""

    sentence = _l("This address cannot be used for your account.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody who registers asks for; the password is hashed already."""

    email: str
    password_hash: str
    display_name: str
    language: str


def register(session: Session, *, wish: Wish, now: datetime) -> None:
    """Make an unconfirmed account, or write to whoever has that address; either way one letter goes out.

    What was asked for travels with the link: whoever opens the letter gets the account as *they* asked for it, not as
    a stranger who knew the address did before.
    """
    member = _insert(session, wish, now) or queries.member_by_key(session, key_of(wish.email))
    if member is None:
        raise AddressTaken
    if member.state != UNCONFIRMED or member.password_hash == passwords.NONE_YET:
        # Invited people choose their password by the link they were given, or ask for a new one.
        letters.send(session, to=member, template="already_registered", now=now, link=public_url("people.forgotten"))
        return
    payload = json.dumps({"password_hash": wish.password_hash, "display_name": wish.display_name})
    token = links.issue(session, member_id=member.id, purpose=links.CONFIRM, now=now, payload=payload)
    letters.send(session, to=member, template="confirm", now=now, link=public_url("people.confirm", token=token))


def _insert(session: Session, wish: Wish, now: datetime) -> Member | None:
    member = Member(
        email=as_written(wish.email),
        email_key=key_of(wish.email),
        password_hash=wish.password_hash,
        display_name=wish.display_name,
        language=wish.language,
        created_at=now,
    )
    try:
        with session.begin_nested():
            session.add(member)
    except IntegrityError:
        return None
    return member


def create(session: Session, *, email: str, display_name: str, language: str, now: datetime) -> Member:
    """Make an account for somebody who will be sent a link to choose a password; raises AddressTaken."""
    wish = Wish(email, passwords.NONE_YET, display_name, language)
    member = _insert(session, wish, now)
    if member is None:
        raise AddressTaken
    record(session, actor=None, action="member.created", now=now, subject=f"member:{member.id}")
    return member


def invitation(session: Session, *, member: Member, now: datetime) -> str:
    """The address of a page, good for a week and once, where the member chooses a password."""
    return public_url(
        "people.reset", token=links.issue(session, member_id=member.id, purpose=links.INVITATION, now=now)
    )


def confirm(session: Session, *, token: str, now: datetime) -> Member:
    """Open the account whose letter this link came from; raises LinkGone."""
    link = links.use(session, token=token, purposes={links.CONFIRM}, now=now)
    member = session.get_one(Member, link.member_id)
    if member.state != UNCONFIRMED:
        raise links.LinkGone
    asked = json.loads(link.payload)
    member.password_hash, member.display_name = asked["password_hash"], asked["display_name"]
    _open(session, member, now)
    return member


def _open(session: Session, member: Member, now: datetime) -> None:
    member.state = ACTIVE
    member.confirmed_at = now
    links.void(session, member_id=member.id, purposes={links.CONFIRM, links.INVITATION}, now=now)
    record(
        session,
        actor=queries.as_actor(session, member),
        action="member.confirmed",
        now=now,
        subject=f"member:{member.id}",
    )


def ask_for_reset(session: Session, *, email: str, language: str, now: datetime) -> None:
    """Write to the address: a link for whoever has an account, else a word that there is none."""
    member = queries.member_by_key(session, key_of(email))
    if member is None or member.state == ERASED:
        letters.send_to_stranger(session, email=email, language=language, template="no_account", now=now)
        return
    token = links.issue(session, member_id=member.id, purpose=links.RESET, now=now)
    letters.send(session, to=member, template="reset", now=now, link=public_url("people.reset", token=token))


def reset_password(session: Session, *, token: str, password_hash: str, now: datetime) -> Member:
    """Set the password by a mailed link, end every sign-in, leave the second factor as it is; raises LinkGone."""
    link = links.use(session, token=token, purposes={links.RESET, links.INVITATION}, now=now)
    member = session.get_one(Member, link.member_id)
    if member.state == UNCONFIRMED:
        _open(session, member, now)
    _set_password(session, member, password_hash, now)
    presence.end_all(session, member_id=member.id)
    record(
        session,
        actor=queries.as_actor(session, member),
        action="password.reset",
        now=now,
        subject=f"member:{member.id}",
    )
    return member


def change_password(session: Session, *, member: Member, password_hash: str, actor: Actor, now: datetime) -> None:
    """Set the password; every other device is signed out."""
    _set_password(session, member, password_hash, now)
    presence.end_all(session, member_id=member.id, but=actor.sign_in_id)
    record(session, actor=actor, action="password.changed", now=now, subject=f"member:{member.id}")


def _set_password(session: Session, member: Member, password_hash: str, now: datetime) -> None:
    had_one = member.password_hash != passwords.NONE_YET
    member.password_hash = password_hash
    on_their_way = {links.RESET, links.INVITATION, links.SECOND_STEP, links.NEW_ADDRESS}
    links.void(session, member_id=member.id, purposes=on_their_way, now=now)
    if had_one:
        letters.send(session, to=member, template="password_changed", now=now, link=public_url("people.forgotten"))


def rename(
    session: Session, *, member: Member, display_name: str, legal_name: str, actor: Actor, now: datetime
) -> None:
    """Change the name others see and the name for certificates; the log keeps that it happened, not the names."""
    member.display_name, member.legal_name = display_name, legal_name
    renaming.tell(session, member)
    record(session, actor=actor, action="member.renamed", now=now, subject=f"member:{member.id}")


def ask_for_address(session: Session, *, member: Member, email: str, now: datetime) -> None:
    """Write to the new address; it counts only once its owner opens the link."""
    links.void(session, member_id=member.id, purposes={links.NEW_ADDRESS}, now=now)
    holder = queries.member_by_key(session, key_of(email))
    if holder is not None and holder.state != UNCONFIRMED:
        letters.send(session, to=holder, template="already_registered", now=now, link=public_url("people.forgotten"))
        return
    token = links.issue(session, member_id=member.id, purpose=links.NEW_ADDRESS, now=now, payload=as_written(email))
    link = public_url("people.confirm_address", token=token)
    letters.send(session, to=member, template="email_change", now=now, email=as_written(email), link=link)


def change_address(session: Session, *, token: str, now: datetime) -> Member:
    """Let the new address count and tell the old one; raises LinkGone or AddressTaken."""
    link = links.use(session, token=token, purposes={links.NEW_ADDRESS}, now=now)
    member = session.get_one(Member, link.member_id)
    if member.state != ACTIVE:
        raise links.LinkGone
    old = member.email
    _drop_unproved_claim(session, key_of(link.payload))
    try:
        with session.begin_nested():
            member.email, member.email_key = link.payload, key_of(link.payload)
            session.flush()
    except IntegrityError as error:
        raise AddressTaken from error
    links.void(session, member_id=member.id, purposes={links.RESET, links.INVITATION}, now=now)
    letters.send(session, to=member, template="email_changed", now=now, email=old)
    record(
        session, actor=queries.as_actor(session, member), action="email.changed", now=now, subject=f"member:{member.id}"
    )
    return member


def _drop_unproved_claim(session: Session, email_key: str) -> None:
    """Somebody registered with this address and never opened the letter; its owner just did open one."""
    claim = (Member.email_key == email_key, Member.state == UNCONFIRMED, Member.password_hash != passwords.NONE_YET)
    session.execute(delete(Member).where(*claim))


def erase(session: Session, *, member: Member, actor: Actor, now: datetime, kept: Collection[str] = ()) -> None:
    """Forget a person for good but for what they wish to leave; raises LastAdmin if nobody else could run the place."""
    standing.keep_an_admin(session, without=member.id)
    left = data_rights.keep(session, member.id, kept)
    wipe(session, member=member, by=actor, now=now, detail=" ".join((KEPT, *left)) if left else "")


def wipe(session: Session, *, member: Member, by: Actor | None, now: datetime, detail: str = "") -> None:
    """Forget a person whoever they are; their number alone remains, so that what others wrote keeps its place."""
    data_rights.erase(session, member.id)
    letters.forget(session, member=member)
    presence.end_all(session, member_id=member.id)
    second_factor.remove(session, member=member)
    for table in (MailedLink, RoleGrant):
        session.execute(delete(table).where(table.member_id == member.id))
    member.email, member.email_key = "", f"erased:{member.id}"
    member.display_name, member.legal_name, member.password_hash = NOBODY, "", passwords.NONE_YET
    member.state, member.alumnus_since, member.confirmed_at = ERASED, None, None
    member.signed_in_at, member.warned_at = None, None
    member.language, member.theme, member.time_zone, member.unread = "en", "", "", 0
    record(session, actor=by, action="member.erased", now=now, subject=f"member:{member.id}", detail=detail)
