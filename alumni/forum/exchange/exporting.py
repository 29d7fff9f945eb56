"""Writing the whole forum out as JSON lines, its files in a zip beside: see docs/forum-exchange.md."""

import json
import os
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy.orm import Session

from academy import db
from academy.audit.service import record
from academy.uploads import store
from academy.uploads.kinds import ENDINGS
from academy.uploads.models import Upload
from alumni.forum.exchange import export_queries as queries
from alumni.forum.exchange.export_queries import SOME, Extent
from alumni.forum.exchange.export_rows import member_line, place_line, post_line, topic_line
from alumni.forum.exchange.faults import CannotBeRead
from alumni.forum.exchange.folder import BESIDE
from alumni.forum.exchange.open_json import FORMAT, VERSION
from alumni.forum.topics.models import State, Topic

OWNER_ONLY = 0o600


@dataclass(slots=True)
class Written:
    """How much was written; `people` are those who are named in it, `files` those whose bytes go along."""

    places: int = 0
    topics: int = 0
    posts: int = 0
    people: set[int] = field(default_factory=set)
    files: dict[str, Upload] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def write(path: Path, site: str, extent: Extent, now: datetime, tick: Callable[[int], None]) -> Written:
    """Write everything; nothing stands at this path before all of it is there. Raises CannotBeRead."""
    beside = path.with_suffix(BESIDE)
    for each in (path, beside):
        if each.exists():
            raise CannotBeRead(f"{each} is there already; please name another file.")
    written = Written()
    with _growing(path) as file:
        with db.the_database().reading() as session:
            for line in _Telling(session, extent, written, tick).lines(site, now):
                file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        _note(extent, written, now)  # before the file has its name: none is there of which nobody learns
    if written.files:
        _write_files(beside, written)
    return written


@contextmanager
def _growing(path: Path) -> Iterator[IO[str]]:
    """A file that only its owner reads and that has its name once it is whole."""
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with os.fdopen(
            os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "w", encoding="utf-8"
        ) as file:
            yield file
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)


Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Telling:
    """Every line of an export, read in portions."""

    session: Session
    extent: Extent
    written: Written
    tick: Callable[[int], None]

    def lines(self, site: str, now: datetime) -> Iterator[Line]:
        """All of them: what this is, places, topics each with its posts, people, and that this was all."""
        written = self.written
        yield _beginning(site, self.extent, now)
        yield from self._places()
        for topics in _pages(lambda after: queries.topics(self.session, self.extent, after), lambda topic: topic.id):
            yield from self._of_topics(topics)
            self.session.expunge_all()
        for some in _some(sorted(written.people)):
            for row in queries.people(self.session, some):
                yield member_line(row, with_address=self.extent.addresses)
        yield {"kind": "end", "places": written.places, "topics": written.topics, "posts": written.posts}

    def _places(self) -> Iterator[Line]:
        keepers = queries.keepers(self.session)
        for place in queries.places(self.session, self.extent):
            self.written.places += 1
            self.written.people |= set(keepers.get(place.id, ()))
            yield place_line(place, keepers.get(place.id, []))

    def _of_topics(self, topics: Sequence[Topic]) -> Iterator[Line]:
        numbers = [each.id for each in topics]
        tags, polls = queries.tags(self.session, numbers), queries.polls(self.session, numbers)
        choices = queries.choices(self.session, numbers)
        for topic in topics:
            self.written.topics += 1
            line, people = topic_line(topic, tags.get(topic.id, []), polls.get(topic.id), choices)
            self.written.people |= people
            yield line
            yield from self._posts(topic)

    def _posts(self, topic: Topic) -> Iterator[Line]:
        for posts in _pages(lambda after: queries.posts(self.session, topic.id, after), lambda post: post.number):
            ids = [each.id for each in posts]
            edits, files = queries.edits(self.session, ids), queries.files(self.session, ids)
            for post in posts:
                theirs = files.get(post.id, []) if post.state != State.DELETED else []
                line, people = post_line(topic, post, edits.get(post.id, []), theirs)
                self.written.people |= people
                self.written.files |= {each.digest: each for _name, each in theirs}
                yield line
            self.written.posts += len(posts)
            self.tick(len(posts))


def _beginning(site: str, extent: Extent, now: datetime) -> Line:
    what = {"kind": "forum", "format": FORMAT, "version": VERSION, "site": site, "made_at": now.isoformat()}
    return {**what, **asdict(extent)}


def _pages(page: Callable[[int], Sequence[Any]], place: Callable[[Any], int]) -> Iterator[Sequence[Any]]:
    after = 0
    while found := page(after):
        yield found
        if len(found) < SOME:
            return
        after = place(found[-1])


def _some(numbers: list[int]) -> Iterator[list[int]]:
    yield from (numbers[at : at + SOME] for at in range(0, len(numbers), SOME))


def _write_files(path: Path, written: Written) -> None:
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        with zipfile.ZipFile(unfinished, "w") as zipped:
            unfinished.chmod(OWNER_ONLY)
            for digest, upload in written.files.items():
                _add(zipped, f"{digest}.{ENDINGS.get(upload.media_type, 'bin')}", upload, written)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _add(zipped: zipfile.ZipFile, name: str, upload: Upload, written: Written) -> None:
    try:
        content = b"".join(store.read(upload.place))
    except OSError:
        written.missing.append(name)
        return
    zipped.writestr(name, content)


def _note(extent: Extent, written: Written, now: datetime) -> None:
    """Whoever reads the audit log learns that the forum left the site, and with what of it that is not for many."""
    beside = {
        "closed doors": extent.closed_doors,
        "hidden groups": extent.hidden_groups,
        "addresses": extent.addresses,
    }
    said = [
        f"{written.topics} topics, {written.posts} posts",
        *(f"with {name}" for name, there in beside.items() if there),
    ]
    with db.the_database().transaction() as session:
        record(session, actor=None, action="forum.exported", now=now, detail=", ".join(said))
