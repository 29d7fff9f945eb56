"""Reading what comes out of the tables of phpBB, as CSV, JSON lines, or JSON as database tools write it."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from alumni.forum.exchange import fields
from alumni.forum.exchange.bbcode import typed
from alumni.forum.exchange.entries import Markup, Person, Place, Said, Talk
from alumni.forum.exchange.faults import Wrong
from alumni.forum.exchange.reading import DELETED_THERE, Desk, Values
from alumni.forum.exchange.tables import Document, Row, read
from alumni.forum.topics.models import State

NOBODY = "1"
"""phpBB's number for whoever is not signed in."""
HEADING, LINKED = 0, 2
LOCKED, MOVED = 1, 2
APPROVED, DELETED = 1, 2
SHADOWS = "signs that a topic moved elsewhere"
ROBOTS = "accounts of search engines"
ROBOT = 2
TABLES = ("forums", "topics", "posts", "users", "attachments")


def take(desk: Desk) -> None:
    """Read everything; what belongs to posts first."""
    files: dict[str, list[dict[str, str]]] = {}
    found = [(_table_of(name), name) for name in desk.folder.tables]
    for _table, name in sorted(found, key=lambda each: -TABLES.index(each[0]) if each[0] in TABLES else -9):
        for table, row in _rows(desk, name):
            with desk.entry(row.where):
                if table == "attachments":
                    _attachment(files, row.values)
                elif table == "posts":
                    _post(desk, row.where, row.values, files)
                else:
                    _way(table, row)(desk, row.where, row.values)


def _way(table: str, row: Row) -> Callable[[Desk, str, Values], None]:
    ways = {"forums": _forum, "topics": _topic, "users": _user}
    if table not in ways:
        names = ", ".join(sorted(map(str, row.values))[:6])
        raise Wrong(f"is of no known table: it has {names or 'no values'}.")
    return ways[table]


def _table_of(name: str) -> str:
    """The table a file is called after: `phpbb_posts.csv`, `old_topics.json`."""
    stem = PurePosixPath(name).stem.lower()
    return next((each for each in TABLES if stem == each or stem.endswith(f"_{each}")), "")


def _rows(desk: Desk, name: str) -> Iterator[tuple[str, Row]]:
    for found in read(desk.folder, name, desk.faults):
        if isinstance(found, Document):
            yield from _in_document(desk, found)
        else:
            yield _known_by(found.values) or _table_of(name), found


def _in_document(desk: Desk, found: Document) -> Iterator[tuple[str, Row]]:
    """A list of rows, a table with its `data`, several of these, or an object with a list for each table."""
    named: list[tuple[str, Any]] = [(_table_of(found.file), found.content)]
    if isinstance(found.content, dict):
        named = [(str(name), rows) for name, rows in found.content.items()]
    elif isinstance(found.content, list) and any(isinstance(each, dict) and "data" in each for each in found.content):
        named = [(str(each.get("name", "")), each["data"]) for each in fields.rows_in(found.content) if "data" in each]
    for label, rows in named:
        if not isinstance(rows, list):
            desk.faults.leave_out(found.file, f"has no rows in “{label[:40]}”.")
            continue
        for place, values in enumerate(fields.rows_in(rows), 1):
            where = f"{found.file}: {label[:40]} {place}" if len(named) > 1 else f"{found.file}: entry {place}"
            yield _known_by(values) or _table_of(label), Row(where, found.file, values)


def _known_by(values: Values) -> str:
    """The table a row is of, by the names of its columns."""
    signs = {
        "posts": "post_text",
        "topics": "topic_title",
        "forums": "forum_name",
        "attachments": "physical_filename",
        "users": "username",
    }
    return next((table for table, sign in signs.items() if sign in values), "")


def _forum(desk: Desk, where: str, values: Values) -> None:
    if fields.number(values, "forum_type") == LINKED:
        return
    name = _unstored(fields.line(values, "forum_name"))
    if not name:
        raise Wrong("has no name in “forum_name”.")
    above = fields.line(values, "parent_id")
    about = _unstored(fields.text(values, "forum_desc"), fields.line(values, "forum_desc_uid"))
    about = re.sub(r"\[/?[a-z*][^\[\]]{0,200}\]", "", about)
    desk.put(Place(fields.key(values, "forum_id"), name, description=about, above="" if above == "0" else above), where)


def _unstored(text: str, uid: str = "") -> str:
    return typed(text, uid).strip()


def _user(desk: Desk, where: str, values: Values) -> None:
    if fields.number(values, "user_type") == ROBOT:
        desk.pass_over(ROBOTS)
        return
    number = fields.key(values, "user_id")
    name = _unstored(fields.line(values, "username"))
    if number != NOBODY:
        desk.put(Person(f"#{number}", name, fields.line(values, "user_email")), where)


def _topic(desk: Desk, where: str, values: Values) -> None:
    status, kind = fields.number(values, "topic_status"), fields.number(values, "topic_type")
    if status == MOVED:
        desk.pass_over(SHADOWS, fields.key(values, "topic_id"))
        return
    title = " ".join(_unstored(fields.line(values, "topic_title")).split())
    if not title:
        raise Wrong("has no title in “topic_title”.")
    if _state(values, "topic_visibility") == State.DELETED:
        desk.pass_over(DELETED_THERE, fields.key(values, "topic_id"))
        return
    talk = Talk(
        key=fields.key(values, "topic_id"),
        place=fields.line(values, "forum_id"),
        title=title,
        author=_author(values, "topic_poster"),
        begun_at=fields.moment(values, "topic_time", now=desk.now),
        closed=status == LOCKED,
        pinned=int(kind > 0),
        state=_state(values, "topic_visibility"),
    )
    desk.put(talk, where)


def _state(values: Values, name: str) -> State:
    visibility = fields.number(values, name) if values.get(name) is not None else APPROVED
    if visibility == DELETED:
        return State.DELETED
    return State.SHOWN if visibility == APPROVED else State.HIDDEN


def _author(values: Values, name: str) -> str:
    number = fields.line(values, name)
    return f"#{number}" if number not in {"", "0", NOBODY} else ""


def _attachment(files: dict[str, list[dict[str, str]]], values: Values) -> None:
    post = fields.key(values, "post_msg_id")
    name = _unstored(fields.line(values, "real_filename"))
    files.setdefault(post, []).append({"word": fields.line(values, "physical_filename"), "name": name})


def _post(desk: Desk, where: str, values: Values, files: dict[str, list[dict[str, str]]]) -> None:
    at = fields.moment(values, "post_time", now=desk.now)
    if not at:
        raise Wrong("has no moment in “post_time”.")
    text = fields.text(values, "post_text")
    state = _state(values, "post_visibility")
    if state == State.DELETED:
        desk.pass_over(DELETED_THERE)
        return
    if state == State.SHOWN and not text.strip():
        raise Wrong("has no words in “post_text”.")
    number = fields.key(values, "post_id")
    said = Said(
        key=number,
        talk=fields.key(values, "topic_id"),
        at=at,
        text=text,
        markup=Markup.BBCODE,
        author=_author(values, "poster_id"),
        name=_unstored(fields.line(values, "post_username")),
        state=state,
        uid=fields.line(values, "bbcode_uid")[:8],
        files=tuple(files.get(number, ())),
    )
    desk.put(said, where)
