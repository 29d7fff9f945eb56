"""What an export says of each row, and who is named in it. Behind closed doors nobody is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from academy.uploads.models import Upload
from alumni.forum.places.models import Category
from alumni.forum.polls.models import Poll, PollOption
from alumni.forum.topics.models import Post, PostEdit, State, Topic

Line = dict[str, Any]
Asked = tuple[Poll, list[PollOption]]


def _at(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None


def _filled(line: Line) -> Line:
    """A line without what is empty."""
    return {name: value for name, value in line.items() if value not in (None, "", False, [], ())}


def member_line(row: Any, *, with_address: bool) -> Line:  # noqa: ANN401  a row
    """Somebody who is named: the number, and the name and handle that the forum shows."""
    name = "" if row.hides else row.name
    line = {"kind": "member", "number": row.id, "name": name, "handle": row.handle if name else ""}
    return _filled(line | ({"email": row.email} if with_address and row.name else {}))


def place_line(place: Category, keepers: list[int]) -> Line:
    """A place."""
    return _filled(
        {
            "kind": "place",
            "number": place.id,
            "slug": place.slug,
            "name": place.name,
            "description": place.description,
            "readers": place.readers,
            "writers": place.writers,
            "starters": place.starters,
            "made_for": place.made_for,
            "open_since": _at(place.open_since),
            "archived_at": _at(place.archived_at),
            "keepers": keepers,
        }
    ) | {"place": place.place}


def topic_line(
    topic: Topic, tags: list[str], asked: Asked | None, choices: Mapping[int, list[int]]
) -> tuple[Line, set[int]]:
    """A topic, and who is named in it."""
    author = None if topic.behind_doors else topic.author_id
    poll, voters = _poll(asked, choices, named=not topic.behind_doors) if asked is not None else (None, set())
    line = {
        "kind": "topic",
        "number": topic.id,
        "place": topic.category_id,
        "title": topic.title,
        "language": topic.language,
        "author": author,
        "state": topic.state,
        "begun_at": _at(topic.begun_at),
        "closed_at": _at(topic.closed_at),
        "pinned": topic.pinned,
        "pinned_until": _at(topic.pinned_until),
        "answer": topic.answer_id,
        "behind_doors": topic.behind_doors,
        "ends_at": _at(topic.ends_at),
        "merged_into": topic.merged_into,
        "origin": topic.origin,
        "tags": tags,
        "poll": poll,
    }
    return _filled(line), voters | ({author} if author is not None else set())


def _poll(asked: Asked, choices: Mapping[int, list[int]], *, named: bool) -> tuple[Line, set[int]]:
    """A poll: who chose what where that is open to see, of a secret one the sums alone."""
    poll, options = asked
    open_to_see = named and not poll.secret
    told = [
        _filled({"words": each.words, "by": choices.get(each.id, []) if open_to_see else []}) | {"votes": each.votes}
        for each in options
    ]
    line = {
        "question": poll.question,
        "most": poll.most,
        "secret": poll.secret,
        "ends_at": _at(poll.ends_at),
        "voters": poll.voters,
        "options": told,
    }
    return line, {member for each in told for member in each.get("by", ())}


def post_line(
    topic: Topic, post: Post, edits: Sequence[PostEdit], files: Sequence[tuple[str, Upload]]
) -> tuple[Line, set[int]]:
    """A post with its history, and who is named in it; of a deleted one only its number stays."""
    doors, gone = topic.behind_doors, post.state == State.DELETED
    author = None if doors or gone else post.author_id
    said = {} if gone else _said(post, edits, files, named=not doors)
    line = {
        "kind": "post",
        "id": post.id,
        "topic": topic.id,
        "number": post.number,
        "author": author,
        "voice": None if gone else post.voice,
        "state": post.state,
        "posted_at": _at(post.posted_at),
        "reply_to": None if gone else post.reply_to,
        "origin": post.origin,
        **said,
    }
    editors = {each["editor"] for each in line.get("history", ()) if each.get("editor")}
    return _filled(line), editors | ({author} if author is not None else set())


def _said(post: Post, edits: Sequence[PostEdit], files: Sequence[tuple[str, Upload]], *, named: bool) -> Line:
    return {
        "text": post.text,
        "language": post.language,
        "warning": post.warning,
        "deed": post.deed,
        "edited_at": _at(post.edited_at),
        "wiki": post.wiki,
        "locked": post.locked,
        "helpful": post.helpful,
        "history": [_edit(each, named=named) for each in edits],
        "files": [
            {"name": name, "media_type": each.media_type, "size": each.size, "sha256": each.digest}
            for name, each in files
        ],
    }


def _edit(edit: PostEdit, *, named: bool) -> Line:
    editor = edit.editor_id if named else None
    line = {"text": edit.text, "title": edit.title, "reason": edit.reason, "editor": editor}
    return _filled(line) | {"edited_at": _at(edit.edited_at)}
