"""What opening a page of the forum notes of its reader: that they came, and what they read."""

from collections.abc import Iterable
from typing import Any

from flask import request

from academy import clock, db
from academy.people.actor import has_read
from alumni.forum.following import service
from alumni.forum.letters import reading as letters
from alumni.forum.places.asking import Asker
from alumni.forum.topics.queries import Thread
from alumni.forum.views.topic_page import Here


def arrived(asker: Asker, rows: Iterable[Any]) -> None:
    """Let whoever is here for the first time find nothing old new; `rows` carry what their choice is."""
    if asker.actor is None or not _is_looked_at() or not any(row.from_post < 0 for row in rows):
        return
    with db.the_database().transaction() as session:
        service.arrive(session, asker.member_id)


def was_read(asker: Asker, here: Here) -> None:
    """Note how far a topic was read, in a short transaction of its own, and only if that is news."""
    if asker.actor is None or not _is_looked_at() or here.ends <= here.topic.read_to:
        return
    with db.the_database().transaction() as session:
        if here.topic.from_post < 0:
            service.arrive(session, asker.member_id)
        service.read(session, member_id=asker.member_id, topic_id=here.topic.id, to=here.ends, now=clock.now())


def is_told_of(asker: Asker, thread: Thread) -> None:
    """Let what the reader was told about a topic be read with it, so that its page counts so many notices less."""
    if thread.told and _is_looked_at():
        with db.the_database().transaction() as session:
            has_read(letters.read(session, asker.member_id, thread.id, clock.now()))


def _is_looked_at() -> bool:
    """Whether somebody sees the page: not when only its head is asked for, or a browser fetches it ahead of time."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "GET" and "prefetch" not in purpose
