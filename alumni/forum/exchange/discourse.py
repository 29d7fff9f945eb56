"""Reading what comes out of Discourse: its topics and categories as JSON, its tables as CSV or JSON lines."""

import re
from typing import Any

from alumni.forum.exchange import fields
from alumni.forum.exchange.entries import Markup, Person, Place, Said, Talk
from alumni.forum.exchange.faults import Wrong
from alumni.forum.exchange.reading import DELETED_THERE, PRIVATE, Desk, Values
from alumni.forum.exchange.tables import Document, read
from alumni.forum.topics.models import State

REGULAR, BY_MODERATOR = 1, 2
LINES = "lines of the forum's own, such as “closed this topic”"
WHISPERS = "whispers of the staff"
NO_PLACE, DEEPEST = "0", 3
_ADDRESS = re.compile(r"/t/(?:[^/\s]*/)?(\d{1,15})(?:/(\d{1,9}))?(?:[?#].*)?$")
UNCATEGORIZED = "Without a category"


def take(desk: Desk) -> None:
    """Read everything."""
    for name in desk.folder.tables:
        for found in read(desk.folder, name, desk.faults):
            if isinstance(found, Document):
                _document(desk, found.file, found.content)
            else:
                _object(desk, found.where, found.values)


def _document(desk: Desk, name: str, content: Any) -> None:  # noqa: ANN401  whatever JSON holds
    if isinstance(content, dict):
        _object(desk, name, content)
    elif isinstance(content, list):
        for place, each in enumerate(content, 1):
            if isinstance(each, dict):
                _object(desk, f"{name}: entry {place}", each)
            else:
                desk.faults.leave_out(f"{name}: entry {place}", "is not an object in curly brackets.")


def _object(desk: Desk, where: str, values: dict[str, Any], depth: int = 0) -> None:
    """One object of a file, or one row: what it is shows in its names."""
    if "post_stream" in values:
        _whole_topic(desk, where, values)
    elif depth < DEEPEST and (inner := _held(values)):
        for label, each in inner:
            _object(desk, f"{where}: {label}", each, depth + 1)
    else:
        with desk.entry(where):
            _row(desk, where, values)


def _held(values: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The rows in a document that is nothing but their shell."""
    if isinstance(values.get("columns"), list) and isinstance(values.get("rows"), list):
        columns = [str(each) for each in values["columns"]]
        rows = [dict(zip(columns, each, strict=False)) for each in values["rows"] if isinstance(each, list)]
        return [(f"row {place}", row) for place, row in enumerate(rows, 1)]
    shell = values.get("category_list", values)
    found: list[tuple[str, dict[str, Any]]] = []
    for name in ("categories", "subcategory_list", "latest_posts", "users", "topics"):
        inner = shell.get(name) if isinstance(shell, dict) else None
        found.extend((f"{name} {place}", each) for place, each in enumerate(fields.rows_in(inner), 1))
    if found and "name" in values and "slug" in values:  # a category that holds the ones below it
        found.append(("itself", {name: value for name, value in values.items() if name != "subcategory_list"}))
    return found


def _row(desk: Desk, where: str, values: Values) -> None:
    if ("raw" in values or "cooked" in values) and "topic_id" in values:
        _post(desk, where, values)
    elif "post_raw" in values and "url" in values:
        _of_archive(desk, where, values)
    elif "username" in values:
        _person(desk, where, values)
    elif "title" in values and "id" in values:
        _topic(desk, where, values)
    elif "name" in values and "id" in values:
        _category(desk, where, values)
    else:
        names = ", ".join(sorted(map(str, values))[:6])
        raise Wrong(f"is nothing known of Discourse: it has {names or 'no values'}.")


def _person(desk: Desk, where: str, values: Values) -> None:
    name = fields.line(values, "username")
    numbered = f"#{fields.line(values, 'id', 'user_id')}" if values.get("id") or values.get("user_id") else ""
    email = fields.line(values, "email")
    if name:
        desk.stage.say_more(Person(name.casefold(), name, email, numbered), where)


def _category(desk: Desk, where: str, values: Values) -> None:
    about = fields.text(values, "description_text", "description")
    desk.suppose(
        Place(
            key=fields.key(values, "id"),
            name=fields.line(values, "name"),
            slug=fields.line(values, "slug"),
            description=re.sub(r"<[^<>]{0,1000}>", "", about),
            above=fields.line(values, "parent_category_id"),
            private=fields.flag(values, "read_restricted"),
        ),
        where,
    )


def _whole_topic(desk: Desk, where: str, values: dict[str, Any]) -> None:
    """A topic as its own address gives it: `/t/<number>.json`."""
    stream = values["post_stream"] if isinstance(values["post_stream"], dict) else {}
    posts = fields.rows_in(stream.get("posts"))
    with desk.entry(where):
        if "title" in values:
            _topic(desk, where, values, fields.line(posts[0], "username") if posts else "")
            _says_all(desk, where, values, stream, posts)
    for place, each in enumerate(posts, 1):
        at = f"{where}: post {place}"
        with desk.entry(at):
            _post(desk, at, {"topic_id": values.get("id"), **each})


def _says_all(desk: Desk, where: str, values: Values, stream: Values, posts: list[dict[str, Any]]) -> None:
    wanted = stream.get("stream")
    held = {str(each.get("id")) for each in posts}
    missing = [each for each in wanted if str(each) not in held] if isinstance(wanted, list) else []
    if missing and fields.line(values, "archetype") != "private_message":
        desk.faults.remark(
            where,
            f"holds {len(posts)} of {len(wanted or [])} posts. Ask for the others too"
            f" (/t/{fields.line(values, 'id')}/posts.json?post_ids[]=…&include_raw=1) unless they are in another file.",
        )


def _topic(desk: Desk, where: str, values: Values, author: str = "") -> None:
    if fields.line(values, "archetype") == "private_message":
        desk.pass_over(PRIVATE, fields.key(values, "id"))
        return
    state = _state(values, hidden="visible" in values and not fields.flag(values, "visible"))
    if state == State.DELETED:
        desk.pass_over(DELETED_THERE, fields.key(values, "id"))
        return
    accepted = values.get("accepted_answer")
    answered = fields.number(accepted, "post_number") if isinstance(accepted, dict) else 0
    title = fields.line(values, "title")
    if not title:
        raise Wrong("has no title.")
    talk = Talk(
        key=fields.key(values, "id"),
        place=_place(desk, where, values),
        title=title,
        author=_author(values, "user_id") or author.casefold(),
        begun_at=fields.moment(values, "created_at", now=desk.now),
        closed=fields.flag(values, "closed") or fields.flag(values, "archived"),
        pinned=int(any(fields.flag(values, each) for each in ("pinned", "pinned_globally", "pinned_at"))),
        tags=fields.words_in(values.get("tags")),
        answered=answered,
        state=state,
    )
    desk.put(talk, where)


def _place(desk: Desk, where: str, values: Values) -> str:
    number = fields.line(values, "category_id")
    if number:
        return number
    name = fields.line(values, "category_name", "category")
    desk.suppose(Place(name.casefold() or NO_PLACE, name or UNCATEGORIZED), where)
    return name.casefold() or NO_PLACE


def _state(values: Values, *, hidden: bool) -> State:
    if fields.line(values, "deleted_at") or fields.flag(values, "user_deleted"):
        return State.DELETED
    return State.HIDDEN if hidden else State.SHOWN


def _author(values: Values, *names: str) -> str:
    name = fields.line(values, "username")
    if name:
        return name.casefold()
    number = fields.line(values, *names)
    return f"#{number}" if number else ""


def _post(desk: Desk, where: str, values: Values) -> None:
    kind = fields.number(values, "post_type") or REGULAR
    raw, cooked = fields.text(values, "raw"), fields.text(values, "cooked")
    if kind not in {REGULAR, BY_MODERATOR} or (kind == BY_MODERATOR and not (raw or cooked).strip()):
        desk.pass_over(WHISPERS if kind == 4 else LINES)  # noqa: PLR2004  Discourse's number for a whisper
        return
    if _state(values, hidden=False) == State.DELETED:
        desk.pass_over(DELETED_THERE)
        return
    talk = fields.key(values, "topic_id")
    _suppose_topic(desk, where, values, talk)
    _put_post(desk, where, values, Said(
        key=fields.key(values, "id"),
        talk=talk,
        at=_when(desk, values),
        text=raw or cooked,
        markup=Markup.DISCOURSE if raw else Markup.HTML,
        number=fields.number(values, "post_number"),
        author=_author(values, "user_id"),
        name=fields.line(values, "username"),
        answers_number=fields.number(values, "reply_to_post_number"),
        state=_state(values, hidden=fields.flag(values, "hidden")),
        wiki=fields.flag(values, "wiki"),
        accepted=fields.flag(values, "accepted_answer"),
    ))  # fmt: skip


def _put_post(desk: Desk, where: str, values: Values, said: Said) -> None:
    if said.state == State.SHOWN and not said.text.strip():
        raise Wrong("has no words.")
    if said.name:
        desk.suppose(Person(said.author, said.name, "", f"#{fields.line(values, 'user_id')}"), where)
    desk.put(said, where)


def _when(desk: Desk, values: Values) -> str:
    at = fields.moment(values, "created_at", now=desk.now)
    if not at:
        raise Wrong("has no moment in “created_at”.")
    return at


def _suppose_topic(desk: Desk, where: str, values: Values, talk: str) -> None:
    title = fields.line(values, "topic_title")
    if title and desk.stage.get(Talk, talk) is None:
        place = _place(desk, where, values)
        desk.suppose(Talk(talk, place, title, begun_at=fields.moment(values, "created_at", now=desk.now)), where)


def _of_archive(desk: Desk, where: str, values: Values) -> None:
    """A row of the archive that a member asks for: it says by an address which topic and post it is."""
    if fields.flag(values, "is_pm"):
        desk.pass_over(PRIVATE)
        return
    found = _ADDRESS.search(fields.line(values, "url"))
    if found is None:
        raise Wrong("has no address of a post in “url”.")
    talk, number = found[1], int(found[2] or 1)
    _suppose_topic(desk, where, {**values, "category": values.get("categories") or ""}, talk)
    said = Said(
        f"{talk}/{number}", talk, _when(desk, values), fields.text(values, "post_raw"), Markup.DISCOURSE, number
    )
    _put_post(desk, where, values, said)
