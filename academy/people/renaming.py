"""Whoever has to know when a member changes the name that others see."""

from collections.abc import Callable

from flask import current_app
from sqlalchemy.orm import Session

from academy.people.models import Member

Follower = Callable[[Session, Member], None]


def add_follower(follower: Follower) -> None:
    """Let this be told, in the same transaction, of a member with a new name."""
    _followers().append(follower)


def tell(session: Session, member: Member) -> None:
    """Say that a member has a new name."""
    for follower in _followers():
        follower(session, member)


def _followers() -> list[Follower]:
    followers: list[Follower] = current_app.extensions.setdefault("academy.name_followers", [])
    return followers
