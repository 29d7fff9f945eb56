"""Thirty who write at once through everything that ./run starts: nothing may be lost, nobody may wait for long."""

import secrets
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier
from urllib.parse import urlencode

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy import db, search
from alumni.forum.finding.models import TEXTS
from alumni.forum.topics.models import Post, State, Topic
from benchmarks.forum_site import Site, Writer
from benchmarks.memory import running
from benchmarks.servers import Server

EACH, ROUNDS, WORKERS = 5, 4, 2
PATIENCE, SEE_OTHER = 300.0, 303
BUDGET = 1000
HEADING = (
    "Thirty write at once, half of them in one topic of 10,000 posts, the others in three more, through everything",
    "that ./run starts; times in ms, as they see them. Lost would be: not there once, not found once, not counted.",
    "",
    "| database | replies | a second | median | p95 | longest | | lost |",
    "|---|---|---|---|---|---|---|---|",
)


@dataclass(slots=True)
class Told:
    """What the writers were told: seconds for each reply, the words of those that were taken, other answers."""

    spans: list[float] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)


def line(database: str, site: Site) -> str:
    """Let all write; the line of a table."""
    with site.app.app_context(), db.the_database().reading() as session:
        newest = session.scalar(select(func.max(Post.id))) or 0
    told, began = Told(), time.monotonic()
    with running(site.environment, WORKERS) as served:
        writing = 0.0
        for _ in range(ROUNDS):
            site.forget_limits()
            began = time.monotonic()
            _crowd(served, site, told)
            writing += time.monotonic() - began
        lost = _lost(site, told.taken, newest)
    spans = sorted(span * 1000 for span in told.spans)
    p95 = spans[int(len(spans) * 0.95)]
    times = f"{statistics.median(spans):.0f} | {p95:.0f} | {spans[-1]:.0f}"
    refused = f"; answered otherwise: {dict(Counter(told.refused))}" if told.refused else ""
    kept = "kept" if p95 <= BUDGET else "OVER"
    return f"| {database} | {len(spans)} | {len(spans) / writing:.0f} | {times} | {kept} | {lost}{refused} |"


def _crowd(served: Server, site: Site, told: Told) -> None:
    together = Barrier(len(site.writers))

    def write(turn: int, writer: Writer) -> None:
        talk = site.talks[1 if turn % 2 else 1 + turn % 4]
        own = Server(served.port, served.master)
        together.wait(PATIENCE)
        for _ in range(EACH):
            word = secrets.token_hex(12)
            before = time.monotonic()
            status = own.post(f"/forum/t/{talk.id}/reply", _form(writer, word), {"Cookie": writer.cookie})[0]
            told.spans.append(time.monotonic() - before)
            if status == SEE_OTHER:
                told.taken.append(word)
            else:
                told.refused.append(status)
        own.connection.close()

    with ThreadPoolExecutor(len(site.writers)) as pool:
        list(pool.map(write, range(len(site.writers)), site.writers))


def _form(writer: Writer, word: str) -> str:
    text = f"We asked again on Thursday, {word}"
    return urlencode({"csrf_token": writer.form, "text": text, "token": secrets.token_hex(16), "language": "en"})


def _lost(site: Site, words: Sequence[str], newest: int) -> int:
    """How many replies are not there exactly once, are not found exactly once, or are not counted in their topics."""
    with site.app.app_context(), db.the_database().reading() as session:
        found = session.execute(select(Post.text, Post.topic_id).where(Post.id > newest)).all()
    stand = Counter(text.rpartition(" ")[2] for text, _topic in found)
    wrong = {word for word in words if stand[word] != 1}
    _until_settled(site, newest)
    with site.app.app_context(), db.the_database().reading() as session:
        wrong |= {word for word in words if _found(session, word) != 1}
        miscounted = sum(not _is_counted(session, topic) for topic in {topic for _text, topic in found})
    return len(wrong) + miscounted


def _until_settled(site: Site, newest: int) -> None:
    until = time.monotonic() + PATIENCE
    waiting = select(func.count()).where(Post.id > newest, Post.settled_at.is_(None))
    while time.monotonic() < until:
        with site.app.app_context(), db.the_database().reading() as session:
            if not session.scalar(waiting):
                return
        time.sleep(0.2)
    raise TimeoutError("The worker did not settle the new posts.")


def _found(session: Session, word: str) -> int:
    query = search.asked(word)
    numbers = TEXTS.matching(session, TEXTS.parts).subquery()
    return session.scalar(select(func.count()).select_from(numbers), TEXTS.words_in(session, query, TEXTS.parts)) or 0


def _is_counted(session: Session, topic_id: int) -> bool:
    topic = session.get_one(Topic, topic_id)
    shown = select(func.count(), func.max(Post.id)).where(Post.topic_id == topic_id, Post.state == State.SHOWN)
    last = select(func.max(Post.number)).where(Post.topic_id == topic_id)
    kept = (topic.posts, topic.last_post_id, topic.last_number)
    return kept == (*session.execute(shown).one(), session.scalar(last))
