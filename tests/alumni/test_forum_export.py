"""The forum is written out, and an export brought into an empty forum is the same forum again."""

import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from academy import clock
from academy.audit.models import AuditEntry
from academy.people.actor import Actor, Role
from academy.people.models import Member
from academy.uploads import service as uploads
from academy.uploads.models import Upload
from academy.uploads.service import Parcel
from alumni.forum.exchange import exporting
from alumni.forum.finding.models import TEXTS
from alumni.forum.order import moving
from alumni.forum.order.moving import Keeping
from alumni.forum.places import circles
from alumni.forum.places.models import Category, Keeper
from alumni.forum.polls import service as polls
from alumni.forum.polls.models import Poll, PollChoice, PollOption, PollVoter
from alumni.forum.polls.rules import Asked
from alumni.forum.topics import attachments, editing, marks, tagging
from alumni.forum.topics.editing_rules import Change, Editor
from alumni.forum.topics.models import Post, PostEdit, PostFile, Tag, Topic, TopicTag
from tests import makers
from tests.alumni import forum_stage, group_stage
from tests.alumni.profile_stage import profile
from tests.alumni.test_forum_exchange import PHPBB, all_of, brought, run

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
PDF += b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SAME = ("id", "number", "topic_id", "author_id", "text", "html", "state", "posted_at", "edits", "edited_at", "deed",
        "wiki", "locked", "helpful", "warning", "language", "reply_to", "files", "voice")  # fmt: skip
OF_TOPIC = ("id", "title", "author_id", "state", "begun_at", "last_posted_at", "last_author_id", "last_number", "posts",
            "pinned", "closed_at", "answer_id", "has_poll", "behind_doors", "ends_at", "merged_into")  # fmt: skip


@pytest.fixture
def talk(app: Flask, session: Session, ana: Member, lena: Member, mina: Member) -> Topic:
    """A forum in which everything happened that can happen."""
    profile(session, ana, handle="ana-k", pen_name="River Heron")
    place = forum_stage.place(session, "Practice", description="What we **try**.")
    session.add(Keeper(category_id=place.id, member_id=lena.id, since=clock.now()))
    begun = clock.now() - timedelta(days=2)
    said = ((lena, "The host, I think."), (ana, "Or the elder."), (lena, "Off the point."))
    made = forum_stage.topic(app, session, place, ana, "Who speaks first?", *said, now=begun)
    other = forum_stage.topic(app, session, place, lena, "Another one", (ana, "With an answer"), now=begun)
    with app.test_request_context():
        _lives(session, made, other, ana, lena, mina)
    return made


def _lives(session: Session, made: Topic, other: Topic, ana: Member, lena: Member, mina: Member) -> None:
    now = clock.now()
    keeping = Keeping(Actor(mina.id, "", roles=frozenset({Role("moderator")})), now)
    first, second, third, fourth = (forum_stage.post_of(session, made, number) for number in (1, 2, 3, 4))
    change = Change(text=f"> [#1](/forum/p/{first.id}):\n>\n> first\n\nThe host speaks.", reason="clearer", version=0)
    editing.edit(session, post_id=second.id, change=change, editor=Editor(lena.id, writes=True), now=now)
    marks.accept(session, post_id=second.id, accepted=True, now=now)
    marks.mark_helpful(session, post=second, by=ana.id, helpful=True)
    tagging.tag_topic(session, made.id, ["meetings", "встречи"])
    parcel = Parcel("file.pdf", "application/pdf", PDF)
    uploads.store_bytes(parcel, ana.id)
    attachments.attach(session, post=third, parcel=parcel, name="A plan", now=now)
    for topic, secret in ((made, False), (other, True)):
        asked = Asked("Tea?", ("yes", "no"), most=1, secret=secret, ends_at=now + timedelta(days=3))
        polls.ask(session, topic_id=topic.id, asked=asked)
        yes = session.scalars(select(PollOption.id).join(Poll).where(Poll.topic_id == topic.id)).first()
        polls.vote(session, topic_id=topic.id, by=lena.id, options=[yes or 0], now=now)
    moving.split(session, made.id, keeping, numbers=[fourth.number], title="Off the point")
    moving.close(session, made.id, keeping, shut=True)
    moving.pin(session, made.id, keeping, how=moving.ANNOUNCED)
    session.commit()


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def of_kind(path: Path, kind: str) -> list[dict[str, Any]]:
    return [each for each in lines(path) if each["kind"] == kind]


def written(app: Flask, folder: Path, *more: str) -> Path:
    path = folder / "forum.jsonl"
    said = run(app, "export", path, *more)
    assert said.exit_code == 0, said.output
    return path


def state_of(app: Flask) -> dict[str, Any]:
    """Everything a reader could tell one forum from another by."""

    def rows(table: Any, *columns: str) -> Iterator[tuple[Any, ...]]:
        for each in all_of(app, select(table).order_by(table.id)):
            yield tuple(getattr(each, name) for name in columns)

    return {
        "places": sorted(rows(Category, "slug", "name", "description_html", "readers", "writers", "starters", "place")),
        "topics": list(rows(Topic, *OF_TOPIC)),
        "posts": list(rows(Post, *SAME)),
        "edits": list(rows(PostEdit, "post_id", "text", "title", "reason", "editor_id", "edited_at")),
        "files": list(rows(PostFile, "post_id", "name")),
        "polls": list(rows(Poll, "topic_id", "question", "most", "secret", "voters")),
        "options": list(rows(PollOption, "place", "words", "votes")),
        "choices": len(all_of(app, select(PollChoice.member_id))),
        "keepers": all_of(app, select(Keeper.member_id)),
        "tags": sorted(all_of(app, select(Tag.words).join(TopicTag, TopicTag.tag_id == Tag.id))),
    }


def empty(app: Flask) -> None:
    """Leave the people, and nothing of the forum."""
    tables = (PollChoice, PollVoter, PollOption, Poll, PostFile, PostEdit, TopicTag, Tag, Post, Topic, Keeper, Category)
    with app.extensions["academy.database"].transaction() as session:
        for table in tables:
            session.execute(delete(table))
        session.execute(delete(Upload))
        TEXTS.clear(session)


def test_an_export_in_an_empty_forum_is_the_same_forum_again(
    app: Flask, session: Session, talk: Topic, tmp_path: Path
) -> None:
    del talk
    session.rollback()
    before, path = state_of(app), written(app, tmp_path, "--addresses")
    empty(app)
    said = brought(app, path, "json")
    assert said.exit_code == 0, said.output
    after = state_of(app)
    for name, rows in before.items():
        assert after[name] == rows, name
    again = state_of(app)
    brought(app, path, "json")
    assert state_of(app) == again
    assert len(all_of(app, select(PollVoter.member_id))) == 1  # who voted in secret is in no export
    secret = all_of(app, select(Poll).where(Poll.secret))[0]
    assert secret.ends_at <= clock.now()


def test_a_new_row_gets_a_number_of_its_own_after_it(
    app: Flask, session: Session, talk: Topic, lena: Member, tmp_path: Path
) -> None:
    del talk
    session.rollback()
    path = written(app, tmp_path, "--addresses")
    empty(app)
    brought(app, path, "json")
    session.expunge_all()
    place = all_of(app, select(Category))[0]
    made = forum_stage.topic(app, session, place, lena, "Written afterwards", (lena, "and answered"))
    newest = [each.id for each in all_of(app, select(Topic).order_by(Topic.id))]
    assert made.id == newest[-1]
    assert made.last_post_id > 0


def test_on_the_same_site_nothing_changes(app: Flask, session: Session, talk: Topic, tmp_path: Path) -> None:
    path = written(app, tmp_path)
    session.delete(session.get_one(Topic, talk.id + 1))
    session.commit()
    before = state_of(app)
    said = brought(app, path, "json")
    assert "This export is of this very forum." in said.output
    assert state_of(app) == before


def test_an_export_beside_other_conversations_leads_its_links_to_where_they_are_now(
    app: Flask, session: Session, talk: Topic, ana: Member, tmp_path: Path
) -> None:
    del talk
    session.rollback()
    path = written(app, tmp_path)
    empty(app)
    session.expunge_all()
    place = forum_stage.place(session, "Hall")
    forum_stage.topic(app, session, place, ana, "Here already", *((ana, str(each)) for each in range(9)))
    brought(app, path, "json")
    topics = {each.title: each for each in all_of(app, select(Topic))}
    found = topics["Who speaks first?"]
    posts = all_of(app, select(Post).where(Post.topic_id == found.id).order_by(Post.number))
    assert posts[1].text.startswith(f"> [#1](/forum/p/{posts[0].id}):")
    parted = next(each for each in posts if each.deed == moving.SPLIT_OFF)
    assert parted.text in {f"{topics['Off the point'].id} Off the point", "Off the point"}
    assert posts[0].author_id is None  # without addresses nobody is known here
    assert found.answer_id == posts[1].id


def test_names_are_those_the_forum_shows_and_addresses_only_where_asked(
    app: Flask, session: Session, talk: Topic, ana: Member, lena: Member, tmp_path: Path
) -> None:
    del talk
    session.rollback()
    plain = tmp_path / "plain"
    plain.mkdir()
    path = written(app, plain)
    people = {each["number"]: each for each in of_kind(path, "member")}
    assert people[ana.id] == {"kind": "member", "number": ana.id, "name": "River Heron", "handle": "ana-k"}
    assert people[lena.id]["name"] == "Lena"
    assert "example.org" not in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o077 == 0
    path = written(app, tmp_path, "--addresses")
    assert {each.get("email") for each in of_kind(path, "member")} >= {"ana@example.org", "lena@example.org"}
    assert "with addresses" in all_of(app, select(AuditEntry).order_by(AuditEntry.id.desc()))[0].detail


def test_files_go_into_a_zip_beside_it_by_their_hash(app: Flask, session: Session, talk: Topic, tmp_path: Path) -> None:
    del talk
    session.rollback()
    path = written(app, tmp_path)
    (said,) = [each["files"][0] for each in of_kind(path, "post") if each.get("files")]
    with zipfile.ZipFile(tmp_path / "forum.files.zip") as zipped:
        assert zipped.namelist() == [f"{said['sha256']}.pdf"]
        assert zipped.read(zipped.namelist()[0]) == PDF


def test_secret_ballots_are_sums_and_standings_stay_private(
    app: Flask, session: Session, talk: Topic, lena: Member, tmp_path: Path
) -> None:
    del talk
    session.rollback()
    found = {each["title"]: each["poll"] for each in of_kind(written(app, tmp_path), "topic") if "poll" in each}
    open_one, secret = found["Who speaks first?"], found["Another one"]
    assert open_one["options"][0]["by"] == [lena.id]
    assert secret["options"] == [{"words": "yes", "votes": 1}, {"words": "no", "votes": 0}]
    assert not {each["kind"] for each in lines(tmp_path / "forum.jsonl")} - {
        "forum", "place", "topic", "post", "member", "end",
    }  # fmt: skip


def test_closed_doors_stay_closed_unless_asked_and_name_nobody_even_then(
    app: Flask, session: Session, ana: Member, tmp_path: Path
) -> None:
    place, soon = forum_stage.place(session), clock.now() + timedelta(days=9)
    made = forum_stage.topic(app, session, place, ana, "Between us", behind_doors=True, ends_at=soon)
    forum_stage.post_of(session, made, 1).voice = 1
    session.commit()
    path = written(app, tmp_path)
    assert "Between us" not in path.read_text(encoding="utf-8")
    (tmp_path / "all").mkdir()
    path = written(app, tmp_path / "all", "--closed-doors")
    (topic,), (post,), people = (of_kind(path, kind) for kind in ("topic", "post", "member"))
    assert ("author" in topic, "author" in post, post["voice"], people) == (False, False, 1, [])
    entry = all_of(app, select(AuditEntry).order_by(AuditEntry.id.desc()))[0]
    assert (entry.action, entry.detail) == ("forum.exported", "1 topics, 1 posts, with closed doors")


def test_closed_doors_of_a_cohort_or_group_open_for_nobody_else(
    app: Flask, session: Session, ana: Member, tmp_path: Path
) -> None:
    group, soon = group_stage.group(session, ana, name="Quiet ones"), clock.now() + timedelta(days=9)
    place = forum_stage.place(session, "Quiet ones", readers=circles.of(circles.GROUP, group.id))
    forum_stage.topic(app, session, place, ana, "Between us", behind_doors=True, ends_at=soon)
    path = written(app, tmp_path, "--closed-doors")
    empty(app)
    said = brought(app, path, "json")
    assert "goes only to a place for the same people" in said.output
    assert all_of(app, select(Topic)) == []
    brought(app, path, "json", "--same-circles")
    assert [each.behind_doors for each in all_of(app, select(Topic))] == [True]


def test_there_is_no_export_that_the_audit_log_could_not_take(
    app: Flask, session: Session, ana: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forum_stage.topic(app, session, forum_stage.place(session), ana, "Gates")

    def full(*_row: object, **_more: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(exporting, "record", full)
    assert run(app, "export", tmp_path / "forum.jsonl").exit_code == 1
    assert list(tmp_path.glob("forum.*")) == []


def test_a_name_that_two_people_chose_gives_neither_the_posts_of_the_other(
    app: Flask, session: Session, ana: Member, tmp_path: Path
) -> None:
    twin = makers.member(session, "Twin")
    twin.display_name = ana.display_name
    made = forum_stage.topic(app, session, forum_stage.place(session), ana, "Gates", (twin, "Not by Ana"))
    assert made.posts == 2
    anas, name, address = ana.id, ana.display_name, ana.email
    session.rollback()
    path, table = written(app, tmp_path), tmp_path / "who.csv"
    empty(app)
    table.write_text(f"{name},{address}\n", encoding="utf-8")
    assert "who.csv:1: names several people" in run(app, "import", path, "--from", "json", "--people", table).output
    table.write_text(f"#{anas},{address}\n", encoding="utf-8")
    brought(app, path, "json", "--people", table)
    assert [each.author_id for each in all_of(app, select(Post).order_by(Post.number))] == [anas, None]


def test_of_a_deleted_post_nobody_is_named(app: Flask, session: Session, ana: Member, tmp_path: Path) -> None:
    lena = makers.member(session, "Lena")
    made = forum_stage.topic(app, session, forum_stage.place(session), ana, "Gates", (lena, "Taken back"))
    number = forum_stage.post_of(session, made, 2).id
    with app.test_request_context():
        editing.take_back(session, post_id=number, editor=Editor(lena.id, writes=True), now=clock.now())
        session.commit()
    path = written(app, tmp_path)
    assert [each["number"] for each in of_kind(path, "member")] == [ana.id]
    assert set(of_kind(path, "post")[1]) == {"kind", "id", "topic", "number", "state", "posted_at"}


def test_a_hidden_groups_place_is_in_no_export_unless_asked(
    app: Flask, session: Session, ana: Member, tmp_path: Path
) -> None:
    group = group_stage.group(session, ana, name="Quiet ones", entry="hidden")
    place = forum_stage.place(session, "Quiet ones", readers=circles.of(circles.GROUP, group.id))
    forum_stage.topic(app, session, place, ana, "Nobody knows")
    assert "Nobody knows" not in written(app, tmp_path).read_text(encoding="utf-8")
    (tmp_path / "all").mkdir()
    path = written(app, tmp_path / "all", "--hidden-groups")
    assert "Nobody knows" in path.read_text(encoding="utf-8")
    empty(app)
    brought(app, path, "json")
    assert all_of(app, select(Category))[0].readers == circles.STAFF  # group 1 may be another group elsewhere
    empty(app)
    brought(app, path, "json", "--same-circles")
    assert all_of(app, select(Category))[0].readers == circles.of(circles.GROUP, group.id)


def test_an_export_never_takes_a_number_that_is_somebody_elses(
    app: Flask, session: Session, talk: Topic, tmp_path: Path
) -> None:
    del talk
    session.rollback()
    path = written(app, tmp_path)
    empty(app)
    brought(app, PHPBB, "phpbb")
    others = {each.id: each.text for each in all_of(app, select(Post))}
    brought(app, path, "json")
    there = {each.id: each.text for each in all_of(app, select(Post))}
    assert {number: there[number] for number in others} == others


def test_what_is_no_export_is_refused_kindly(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "forum.jsonl"
    path.write_text('{"kind": "forum", "format": "academy forum", "version": 9}\n', encoding="utf-8")
    assert "reads version 1 of exports, not 9" in run(app, "import", path, "--from", "json").output
    path.write_text('{"kind": "post"}\n', encoding="utf-8")
    assert "begins with a line that says so" in run(app, "import", path, "--from", "json").output
    assert "is there already" in run(app, "export", path).output
