"""Whoever has to know when a profile changes: features that keep something of it in a shape of their own."""

from collections.abc import Callable

from flask import current_app
from sqlalchemy.orm import Session

Follower = Callable[[Session, int], None]


def follow(follower: Follower) -> None:
    """Let this be told, in the same transaction, of every member whose profile changed."""
    _followers().append(follower)


def tell(session: Session, member_id: int) -> None:
    """Say that a member's profile changed."""
    session.flush()
    for follower in _followers():
        follower(session, member_id)


def _followers() -> list[Follower]:
    followers: list[Follower] = current_app.extensions.setdefault("academy.profile_followers", [])
    return followers
