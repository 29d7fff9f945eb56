"""An account for somebody who came by a letter to their own address: the letter is the proof that it is theirs."""

from datetime import datetime

from sqlalchemy.orm import Session

from academy.people import accounts, links, queries
from academy.people.actor import Actor
from academy.people.addresses import key_of
from academy.people.models import UNCONFIRMED


def open_account(session: Session, *, wish: accounts.Wish, now: datetime) -> Actor:
    """An account that is open at once, with the name and password asked for; raise AddressTaken if there is one.

    What a stranger began with this address and never confirmed becomes its owner's.
    """
    member = queries.member_by_key(session, key_of(wish.email))
    if member is None:
        created = {"email": wish.email, "display_name": wish.display_name, "language": wish.language}
        member = accounts.create(session, **created, now=now)
    elif member.state != UNCONFIRMED:
        raise accounts.AddressTaken
    member.display_name, member.language = wish.display_name, wish.language
    token = links.issue(session, member_id=member.id, purpose=links.INVITATION, now=now)
    accounts.reset_password(session, token=token, password_hash=wish.password_hash, now=now)
    return queries.as_actor(session, member)
