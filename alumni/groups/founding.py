"""Propose a group, open it or not, change its words, put it away and take it out again."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.markdown import render_member_text
from academy.people.actor import Actor
from alumni.groups import queries
from alumni.groups.log import note
from alumni.groups.models import Group, GroupInvitation, GroupLanguage, GroupRequest, State
from alumni.groups.refusals import ChangedMeanwhile, DecidedAlready, EnoughWaits, KeptClosed, OwnProposal
from alumni.groups.rules import MOST_WAITING, may_decide
from alumni.groups.service import let_in
from alumni.groups.telling import about

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 10
LONGEST_KEY = 255


@dataclass(frozen=True, slots=True)
class Said:
    """What a group says of itself."""

    name: str
    kind: str
    entry: str
    description: str
    rules: str = ""
    for_whom: str = ""
    languages: Collection[str] = ()


def propose(session: Session, *, said: Said, why: str, by: Actor, now: datetime) -> Group:
    """Ask for a group; raise EnoughWaits."""
    if queries.waiting_proposals_of(session, by.id) >= MOST_WAITING:
        raise EnoughWaits
    key = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    made = Group(key=key, why=why, proposed_by=by.id, proposed_at=now, **_words(said))
    session.add(made)
    session.flush()
    _speak(session, made, said.languages)
    return made


def change(session: Session, *, group: Group, said: Said, version: int, why: str | None = None) -> None:
    """Say it differently; a proposal that was refused is asked for again by it. Raises ChangedMeanwhile."""
    if group.version != version:
        raise ChangedMeanwhile
    for name, value in _words(said).items():
        setattr(group, name, value)
    group.version += 1
    if why is not None:
        group.why = why
    if group.state == State.DECLINED:
        group.state, group.answer = State.PROPOSED, ""
    session.flush()
    session.execute(delete(GroupLanguage).where(GroupLanguage.group_id == group.id))
    _speak(session, group, said.languages)


def _words(said: Said) -> dict[str, str]:
    return {
        "name": said.name,
        "name_key": said.name.casefold()[:LONGEST_KEY],
        "kind": said.kind,
        "entry": said.entry,
        "for_whom": said.for_whom,
        "description": said.description,
        "description_html": render_member_text(said.description),
        "rules": said.rules,
        "rules_html": render_member_text(said.rules) if said.rules else "",
    }


def _speak(session: Session, group: Group, languages: Collection[str]) -> None:
    session.add_all(GroupLanguage(group_id=group.id, code=code) for code in sorted(set(languages)))
    session.flush()


def decide(session: Session, *, group: Group, accept: bool, words: str, by: Actor, now: datetime) -> None:
    """Open a proposed group, whose proposer looks after it from then on, or refuse it with a reason."""
    proposer = group.proposed_by
    if not may_decide(own=proposer == by.id, is_admin=by.is_admin):
        raise OwnProposal
    if group.state != State.PROPOSED:
        raise DecidedAlready
    group.state = State.OPEN if accept else State.DECLINED
    group.answer, group.decided_at = ("" if accept else words), now
    session.flush()
    action = "group.opened" if accept else "group.declined"
    record(session, actor=by, action=action, now=now, subject=f"group:{group.id}")
    if proposer is None:
        return
    if accept:
        let_in(session, group=group, member_id=proposer, shown=True, is_convener=True, now=now)
    about(session, group=group, what="opened" if accept else "declined", to=[proposer], now=now, words=words)


def withdraw(session: Session, *, group: Group) -> None:
    """Ask for a group no longer, whether it waits or was refused; raise DecidedAlready once it is there."""
    if group.state not in (State.PROPOSED, State.DECLINED):
        raise DecidedAlready
    session.delete(group)
    session.flush()


def put_away(session: Session, *, group: Group, by: Actor, now: datetime) -> None:
    """Let nobody in any more; what is there stays for its members. Requests and open invitations lapse."""
    if group.state != State.OPEN:
        return
    group.state = State.ARCHIVED
    session.flush()
    session.execute(delete(GroupRequest).where(GroupRequest.group_id == group.id))
    waiting = (GroupInvitation.group_id == group.id, GroupInvitation.declined_at.is_(None))
    session.execute(delete(GroupInvitation).where(*waiting))
    note(session, group=group, by=by, action="group.archived", now=now)


def take_out(session: Session, *, group: Group, by: Actor, now: datetime) -> None:
    """Open a group again that was put away."""
    if group.state != State.ARCHIVED:
        return
    if group.closed_at is not None:
        raise KeptClosed
    group.state = State.OPEN
    session.flush()
    note(session, group=group, by=by, action="group.reopened", now=now)
