"""Reading what `flask forum export` wrote: JSON lines, see docs/forum-exchange.md."""

from dataclasses import fields as columns_of
from typing import Any

from alumni.forum.exchange import fields
from alumni.forum.exchange.entries import Markup, Person, Place, Said, Talk
from alumni.forum.exchange.faults import CannotBeRead, Wrong
from alumni.forum.exchange.reading import Desk, Values
from alumni.forum.exchange.tables import Document, read
from alumni.forum.topics.models import State

FORMAT, VERSION = "academy forum", 1
LONG = frozenset({"text", "description"})
STATES = frozenset(State)


def take(desk: Desk) -> None:
    """Read everything. Raises CannotBeRead for what is no export, or one of a later version."""
    begun = False
    for name in desk.folder.tables:
        for found in read(desk.folder, name, desk.faults):
            if isinstance(found, Document):
                raise CannotBeRead(f"{name} is one JSON document; an export of a forum has a line for each entry.")
            if not begun:
                _begin(desk, found.where, found.values)
                begun = True
                continue
            with desk.entry(found.where):
                _row(desk, found.where, found.values)
    if not begun:
        raise CannotBeRead("There is no export of a forum in what you named.")


def _begin(desk: Desk, where: str, values: Values) -> None:
    if values.get("kind") != "forum" or values.get("format") != FORMAT:
        raise CannotBeRead(f"{where}: an export of a forum begins with a line that says so: “format”: “{FORMAT}”.")
    if values.get("version") != VERSION:
        raise CannotBeRead(f"{where}: this site reads version {VERSION} of exports, not {values.get('version')!r}.")
    desk.site, desk.whole = fields.line(values, "site")[:40], False


def _row(desk: Desk, where: str, values: dict[str, Any]) -> None:
    kind = values.get("kind")
    if kind == "member":
        number = fields.key(values, "number")
        desk.put(Person(f"#{number}", fields.line(values, "name"), fields.line(values, "email")), where)
    elif kind == "place":
        desk.put(_place(desk, values), where)
    elif kind == "topic":
        desk.put(_topic(desk, values), where)
    elif kind == "post":
        desk.put(_post(desk, values), where)
    elif kind == "end":
        desk.whole = True
    else:
        raise Wrong(f"is of no known kind: {str(kind)[:40]!r}.")


def _plain(values: Values, made: type[Any], *names: str) -> dict[str, Any]:
    """The values that are written as they are: texts and truths, each of the type that the entry has."""
    wanted = {each.name: each.type for each in columns_of(made) if each.name in names}
    found: dict[str, Any] = {}
    for name, kind in wanted.items():
        if kind in {"bool", bool}:
            found[name] = fields.flag(values, name)
        elif kind in {"int", int}:
            found[name] = fields.number(values, name)
        else:
            found[name] = (fields.text if name in LONG else fields.line)(values, name)
    return found


def _moments(desk: Desk, values: Values, *names: str) -> dict[str, Any]:
    return {name: fields.moment(values, name, now=desk.now) for name in names}


def _member(values: Values, name: str) -> str:
    return f"#{fields.key(values, name)}" if values.get(name) else ""


def _members(value: object) -> tuple[str, ...]:
    return tuple(f"#{each}" for each in value if isinstance(each, int)) if isinstance(value, list) else ()


def _place(desk: Desk, values: Values) -> Place:
    circles = ("readers", "writers", "starters")
    if not all(values.get(each) for each in (*circles, "name", "slug")):
        raise Wrong("lacks a name, a slug or a circle.")
    return Place(
        key=fields.key(values, "number"),
        keepers=_members(values.get("keepers")),
        **_plain(values, Place, *circles, "name", "slug", "description", "place", "made_for"),
        **_moments(desk, values, "open_since", "archived_at"),
    )


def _state(values: Values) -> str:
    state = fields.line(values, "state")
    if state not in STATES:
        raise Wrong(f"has a state that there is not: “{state[:20]}”.")
    return state


def _topic(desk: Desk, values: Values) -> Talk:
    poll = values.get("poll")
    ends: dict[str, Any] = {name: _ahead(values, name) for name in ("pinned_until", "ends_at")}
    moments = _moments(desk, values, "begun_at", "closed_at")
    return Talk(
        key=fields.key(values, "number"),
        place=fields.key(values, "place"),
        author=_member(values, "author"),
        closed=bool(moments["closed_at"]),
        tags=fields.words_in(values.get("tags")),
        answer=fields.line(values, "answer"),
        merged_into=fields.line(values, "merged_into"),
        state=_state(values),
        poll=_poll(poll) if isinstance(poll, dict) else None,
        **_plain(values, Talk, "title", "pinned", "origin", "language", "behind_doors"),
        **ends,
        **moments,
    )


def _ahead(values: Values, name: str) -> str:
    found = fields.line(values, name)
    return fields.any_moment(found, name) if found else ""


def _poll(values: Values) -> dict[str, Any]:
    options = [
        {
            "words": fields.line(each, "words")[:255],
            "votes": fields.number(each, "votes"),
            "by": _members(each.get("by")),
        }
        for each in fields.rows_in(values.get("options"))
    ]
    if not options or not fields.line(values, "question"):
        raise Wrong("has a poll without a question or without options.")
    return {
        "question": fields.line(values, "question")[:255],
        "most": max(1, fields.number(values, "most")),
        "secret": fields.flag(values, "secret"),
        "ends_at": _ahead(values, "ends_at"),
        "voters": max(0, fields.number(values, "voters")),
        "by": _members(values.get("by")),
        "options": options,
    }


def _post(desk: Desk, values: Values) -> Said:
    moments = _moments(desk, values, "posted_at", "edited_at")
    if not moments["posted_at"]:
        raise Wrong("has no moment in “posted_at”.")
    plain = ("text", "number", "wiki", "origin", "language", "warning", "deed", "locked", "edits", "helpful")
    return Said(
        key=fields.key(values, "id"),
        talk=fields.key(values, "topic"),
        at=moments["posted_at"],
        edited_at=moments["edited_at"],
        markup=Markup.OURS,
        author=_member(values, "author"),
        answers=fields.line(values, "reply_to"),
        state=_state(values),
        voice=fields.number(values, "voice") or None,
        history=tuple(_edit(desk, each) for each in fields.rows_in(values.get("history"))),
        files=tuple(_file(each) for each in fields.rows_in(values.get("files"))),
        **_plain(values, Said, *plain),
    )


def _edit(desk: Desk, values: Values) -> dict[str, Any]:
    at = fields.moment(values, "edited_at", now=desk.now)
    texts = {name: fields.text(values, name) for name in ("text", "title", "reason")}
    return {**texts, "edited_at": at, "editor": _member(values, "editor")}


def _file(values: Values) -> dict[str, str]:
    return {"word": fields.line(values, "sha256"), "name": fields.line(values, "name")}
