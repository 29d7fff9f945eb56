"""Conversations come from other forums: all of them, once, to the right places, and nobody is told."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy import clock
from academy.audit.models import AuditEntry
from academy.notices.models import Notice
from academy.people.actor import Actor
from academy.people.models import UNCONFIRMED, Member
from academy.uploads.models import Upload
from alumni.audiences import Audience
from alumni.digest.forum import FOLLOWED, QUESTIONS
from alumni.digest.pieces import Reader
from alumni.forum.order import states
from alumni.forum.places import circles
from alumni.forum.places.models import Category
from alumni.forum.topics import forgetting, service, settling, tagging
from alumni.forum.topics.models import Level, PlaceStanding, Post, PostFile, Standing, State, Topic
from alumni.profiles.viewers import viewer_with
from tests.alumni import forum_stage
from tests.alumni.profile_stage import profile
from tests.browser import Browser
from tests.stage import Stage

EXCHANGED = Path(__file__).with_name("exchanged")
DISCOURSE, PHPBB = EXCHANGED / "discourse", EXCHANGED / "phpbb"


def run(app: Flask, *words: object) -> Result:
    return app.test_cli_runner().invoke(args=["forum", *map(str, words)])


def brought(app: Flask, path: Path, kind: str, *more: object) -> Result:
    return run(app, "import", path, "--from", kind, "--write", *more)


def all_of(app: Flask, statement: Any) -> list[Any]:
    with app.extensions["academy.database"].reading() as reading:
        return list(reading.scalars(statement))


def topics(app: Flask) -> dict[str, Topic]:
    return {each.title: each for each in all_of(app, select(Topic).order_by(Topic.id))}


def posts(app: Flask, topic: Topic) -> Sequence[Post]:
    return all_of(app, select(Post).where(Post.topic_id == topic.id).order_by(Post.number))


def texts(app: Flask, topic: Topic) -> list[str]:
    return [each.text for each in posts(app, topic)]


def places(app: Flask) -> dict[str, Category]:
    return {each.slug: each for each in all_of(app, select(Category))}


def counts(app: Flask) -> dict[str, int]:
    tables = (Category, Topic, Post, PostFile, AuditEntry, Notice, Standing)
    return {each.__tablename__: all_of(app, select(func.count()).select_from(each))[0] for each in tables}


def with_picture(folder: Path) -> Path:
    """The folder of Discourse with a picture, called after the hash that its short name stands for."""
    digest = 0
    for char in "1vIxDlPBLb5L8gu4QJbVEC9VfVF":
        digest = digest * 62 + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".index(char)
    for each in DISCOURSE.iterdir():
        (folder / each.name).write_bytes(each.read_bytes())
    Image.new("RGB", (40, 30), "teal").save(folder / f"{digest:040x}.png")
    return folder


def test_a_dry_run_lists_every_problem_and_changes_nothing(app: Flask, ana: Member) -> None:
    del ana
    said = run(app, "import", DISCOURSE, "--from", "discourse")
    assert said.exit_code == 1, said.output
    assert "t-12.json: post 6: has no words." in said.output
    assert "2 topics with" not in said.output
    assert "3 topics with 7 posts; 0 and 0 of these are here already." in said.output
    assert "1 lines of the forum's own" in said.output
    assert "1 private messages" in said.output
    assert "t-13.json: holds 2 of 3 posts" in said.output
    assert "“the table”" in said.output
    assert "Nothing is changed yet" in said.output
    assert counts(app)["forum_topic"] == counts(app)["forum_category"] == 0


def test_discourse_comes_with_places_topics_quotes_tags_and_its_answer(
    app: Flask, session: Session, browser: Browser, ana: Member, max_: Member, tmp_path: Path
) -> None:
    profile(session, ana, handle="ana-k")
    session.commit()
    table = tmp_path / "people.csv"
    table.write_text("old name,here\nmaxim,max@example.org\n", encoding="utf-8")
    said = brought(app, DISCOURSE, "discourse", "--people", table, "--readers", "members", "--language", "en")
    assert "3 topics and 7 posts were brought in." in said.output
    there = topics(app)
    meeting = there["How do you open a first meeting?"]
    first, second, third, last = posts(app, meeting)
    assert (meeting.author_id, meeting.pinned, meeting.posts, meeting.last_number) == (ana.id, 1, 4, 5)
    assert meeting.closed_at is not None
    assert meeting.answer_id == third.id
    assert (second.reply_to, last.reply_to, last.author_id) == (first.id, third.id, max_.id)
    assert first.posted_at.isoformat() == "2021-03-04T08:00:00+00:00"
    assert set(tagging.tags_of(session, meeting.id)) == {"meetings", "first steps"}
    assert first.text == "Two sides meet for the first time.\\\nWho speaks first? 🙂\n\n- the elder\n- the host"
    assert second.text.startswith(f"> @ana-k, [#1](/forum/p/{first.id}):\n>\n> Who speaks first?\n")
    assert "The host, @ana-k. Ask maxim and nobody\\_here too." in second.text
    assert "\\[the table\\]" in second.text
    assert "[a cup](https://pictures.example/cup.png)" in third.text
    assert "@river_ana :smile:" in third.text
    assert "<img" not in third.html
    silence = there["Silence as an answer"]
    assert texts(app, silence)[0] == "What does **silence** say?\\\nI wonder.\n\n- no\n- not yet"
    assert "It asks `again?` [read](https://words.example/a) 1 \\* 2 \\_ 3" in texts(app, silence)[1]
    assert posts(app, silence)[0].author_id is None
    page = browser.signed_in(max_).open(f"/forum/t/{silence.id}")
    assert "A former member" in page.text
    assert "oldtimer" not in page.text_of("#p1")
    assert [each.get("src") for each in page.all("main img")] == []


def test_what_only_some_read_there_is_for_the_staff_here(app: Flask, ana: Member) -> None:
    del ana
    brought(app, DISCOURSE, "discourse", "--readers", "members")
    there = places(app)
    assert {slug: each.readers for slug, each in there.items()} == {
        "practice": circles.MEMBERS,
        "listening": circles.MEMBERS,
        "team": circles.STAFF,
    }
    assert there["listening"].name == "Practice: Listening"


def test_a_second_time_changes_nothing_and_brings_only_what_is_new(app: Flask, ana: Member, tmp_path: Path) -> None:
    del ana
    folder = with_picture(tmp_path)
    brought(app, folder, "discourse")
    before = counts(app)
    stood = [(each.id, each.posts, each.version) for each in topics(app).values()]
    again = brought(app, folder, "discourse")
    assert "0 topics and 0 posts were brought in." in again.output
    assert counts(app) == before
    assert [(each.id, each.posts, each.version) for each in topics(app).values()] == stood
    (folder / "more.csv").write_text(
        "id,topic_id,post_number,username,created_at,raw\n402,15,2,oldtimer,2023-06-01 10:00:00 UTC,So have I.\n",
        encoding="utf-8",
    )
    assert "0 topics and 1 posts were brought in." in brought(app, folder, "discourse").output
    assert topics(app)["Who has the key?"].posts == 2
    assert counts(app)["forum_category"] == before["forum_category"]


def test_nobody_is_told_and_nothing_is_new(
    app: Flask, session: Session, browser: Browser, ana: Member, lena: Member
) -> None:
    place = forum_stage.place(session)
    forum_stage.topic(app, session, place, ana, "Written here")
    browser = browser.signed_in(lena)
    browser.open("/forum/")
    brought(app, DISCOURSE, "discourse", "--readers", "members")
    with app.app_context():
        settling.pump(clock.now())
    told = counts(app)
    assert (told["notice"], told["forum_standing"]) == (0, 1)  # Ana watches what she wrote here
    page = browser.open("/forum/new")
    assert "first meeting" not in page.text
    listed = browser.open("/forum/").text
    assert listed.index("Written here") < listed.index("Silence as an answer")
    assert listed.index("Silence as an answer") < listed.index("How do you open a first meeting?")


def test_old_words_are_found_and_an_answer_lifts_their_topic(
    app: Flask, session: Session, browser: Browser, ana: Member, lena: Member
) -> None:
    del ana
    brought(app, DISCOURSE, "discourse", "--readers", "members")
    browser = browser.signed_in(lena)
    assert "Silence as an answer" in browser.open("/forum/search?q=silence").text
    silence = topics(app)["Silence as an answer"]
    assert silence.last_post_id < 0
    with app.test_request_context():
        service.reply(
            session,
            topic_id=silence.id,
            by=lena.id,
            words=forum_stage.words("Still true."),
            now=clock.now(),
        )
        session.commit()
    assert topics(app)["Silence as an answer"].last_post_id > 0


def test_files_in_the_folder_come_along_for_those_who_are_here(app: Flask, max_: Member, tmp_path: Path) -> None:
    table = tmp_path / "who.csv"
    table.write_text("maxim;max@example.org\n", encoding="utf-8")
    (tmp_path / "old").mkdir()
    said = brought(app, with_picture(tmp_path / "old"), "discourse", "--people", table)
    (kept,) = all_of(app, select(Upload))
    assert (kept.media_type, kept.member_id) == ("image/webp", max_.id), said.output
    assert [each.name for each in all_of(app, select(PostFile))] == ["our room"]


def test_a_former_member_keeps_their_name_only_where_the_operator_wants_it(
    app: Flask,
) -> None:
    brought(app, DISCOURSE, "discourse", "--old-names", "--source", "old.example")
    silence = topics(app)["Silence as an answer"]
    assert silence.origin == "old.example:t13"
    assert texts(app, silence)[0].startswith("**oldtimer:**\n\nWhat does")


def test_phpbb_comes_in_each_of_the_ways_it_keeps_its_words(app: Flask, ana: Member) -> None:
    said = brought(app, PHPBB, "phpbb", "--readers", "members")
    assert said.exit_code == 1
    shuttle = topics(app)['"Shuttle" talks']
    first, second, third = posts(app, shuttle)
    assert (shuttle.author_id, shuttle.pinned, first.author_id, second.author_id) == (ana.id, 1, ana.id, None)
    assert shuttle.closed_at is not None
    assert first.text == "**Two** rooms, one messenger :)\\\nsecond line\n\n- first\n- second"
    assert second.text == (
        f"> river\\_ana, [#1](/forum/p/{first.id}):\n>\n> one messenger\n\n"
        "See https://notes.example/a_b & \\*wait\\* \\#1"
    )
    assert third.text == "```\nif a < b:\n    wait()\n```\n\nhttps://pictures.example/map.png"
    assert "<img" not in third.html
    waiting = topics(app)["Not looked at yet"]
    assert (waiting.state, posts(app, waiting)[0].state) == (State.HIDDEN, State.HIDDEN)
    place = places(app)["case-practice"]
    assert (place.name, place.description) == ("School: Case & practice", "What happened, without names")


def test_faulty_rows_are_named_with_their_lines_and_stop_nothing(
    app: Flask,
) -> None:
    said = brought(app, PHPBB, "phpbb")
    for words in (
        "phpbb_posts.csv:11: belongs to topic 99, which is not brought in.",
        "phpbb_posts.csv:12: has “yesterday” for a moment in “post_time”.",
        "phpbb_posts.csv:13: has 3 values, but there are 9 columns.",
        "phpbb_topics.csv:5: “Nobody wrote” has no posts.",
        "1 signs that a topic moved elsewhere",
        "1 topics and posts that were deleted there",
    ):
        assert words in said.output
    assert len(topics(app)) == 2


def test_everything_can_go_into_one_place(app: Flask, session: Session) -> None:
    here = forum_stage.place(session, "Archive")
    brought(app, PHPBB, "phpbb", "--into", "archive")
    assert {each.category_id for each in topics(app).values()} == {here.id}
    assert (
        "There is no place with the address “nowhere”"
        in run(app, "import", PHPBB, "--from", "phpbb", "--into", "nowhere").output
    )


def test_whoever_left_is_not_brought_back_by_a_second_time(app: Flask, session: Session, ana: Member) -> None:
    brought(app, PHPBB, "phpbb", "--readers", "members")
    with app.test_request_context():
        forgetting.forget(session, ana.id)
        session.commit()
    before = counts(app)
    said = brought(app, PHPBB, "phpbb", "--readers", "members")
    assert "0 topics and 0 posts were brought in." in said.output
    assert counts(app) == before
    assert not [each for each in all_of(app, select(Post.text)) if "one messenger :)" in each]


def test_a_topic_that_went_with_its_author_stays_gone(
    app: Flask, session: Session, max_: Member, tmp_path: Path
) -> None:
    table = tmp_path / "who.csv"
    table.write_text("maxim,max@example.org\n", encoding="utf-8")
    brought(app, DISCOURSE, "discourse", "--people", table)
    with app.test_request_context():
        forgetting.forget(session, max_.id)
        session.commit()
    brought(app, DISCOURSE, "discourse", "--people", table)
    assert "Who has the key?" not in topics(app)
    assert "I have it." not in all_of(app, select(Post.text))


def test_lists_lead_through_what_was_brought_in_page_by_page(
    app: Flask, browser: Browser, lena: Member, tmp_path: Path
) -> None:
    rows = [f"{n},{n},1,someone,2015-01-{1 + n % 28:02} 10:00:00,Words {n},Topic {n:02},Hall" for n in range(1, 46)]
    path = tmp_path / "posts.csv"
    head = "id,topic_id,post_number,username,created_at,raw,topic_title,category"
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    brought(app, path, "discourse", "--readers", "members")
    page, seen = browser.signed_in(lena).open("/forum/hall/"), []
    for _each in range(3):
        seen += re.findall(r"Topic \d\d", page.text)
        older = [url for label, url in page.links() if label == "Older topics"] if len(set(seen)) < 45 else []
        page = page.follow("Older topics") if older else page
    assert len(set(seen)) == 45


def test_the_import_is_one_act_in_the_audit_log(
    app: Flask,
) -> None:
    brought(app, PHPBB, "phpbb")
    (entry,) = all_of(app, select(AuditEntry).where(AuditEntry.action == "forum.imported"))
    assert (entry.subject, entry.detail) == ("phpbb", "2 topics, 4 posts")


WORKER = """
import sys
from pathlib import Path
from tests.stage import test_settings
from wsgi import create_app

app = create_app(test_settings(Path(sys.argv[1]), sys.argv[2]))
app.test_cli_runner().invoke(args=["forum", "import", sys.argv[3], "--from", "discourse", "--write"])
"""


@pytest.mark.slow
def test_an_import_survives_a_kill_without_a_gap_or_a_double(app: Flask, stage: Stage, tmp_path: Path) -> None:
    path, head = tmp_path / "posts.csv", "id,topic_id,post_number,username,created_at,raw,topic_title"
    rows = (f"{n},{1 + n // 400},{1 + n % 400},someone,2015-01-01 10:00:00,Words {n},Title" for n in range(2000))
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    url = stage.database.engine.url.render_as_string(hide_password=False)
    worker = subprocess.Popen([sys.executable, "-c", WORKER, stage.instance, url, path], cwd=Path(__file__).parents[2])
    until = time.monotonic() + 60
    while not counts(app)["forum_post"] and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert 0 < counts(app)["forum_post"] < 2000
    brought(app, path, "discourse")
    assert counts(app)["forum_post"] == 2000
    for each in all_of(app, select(Topic)):
        assert (each.posts, each.last_number) == (400, 400)


def test_who_is_named_in_the_table_and_is_not_here_is_said(app: Flask, tmp_path: Path) -> None:
    table = tmp_path / "who.csv"
    table.write_text("name,here\nmaxim,nobody@example.org\noldtimer\nmaxim,max@example.org\n", encoding="utf-8")
    said = run(app, "import", DISCOURSE, "--from", "discourse", "--people", table).output
    assert "who.csv:2: names “nobody@example.org”, but nobody here has that confirmed address or handle." in said
    assert "who.csv:3: needs two values" in said
    assert "who.csv:4: names “maxim” again" in said


def test_nobody_gets_posts_by_calling_themselves_by_the_number_of_somebody(
    app: Flask, ana: Member, tmp_path: Path
) -> None:
    (tmp_path / "users.csv").write_text(
        f"user_id,username,user_email,user_type\n10,#42,{ana.email},0\n42,Maxim,,0\n", encoding="utf-8"
    )
    (tmp_path / "topics.csv").write_text(
        "topic_id,forum_id,topic_title,topic_poster,topic_time\n1,1,Whose words,42,1500000000\n", encoding="utf-8"
    )
    (tmp_path / "posts.csv").write_text(
        "post_id,topic_id,poster_id,post_time,post_text\n"
        "1,1,42,1500000000,Mine\n2,1,10,1500000001,Ana's\n3,1,43,1500000002,Gone\n",
        encoding="utf-8",
    )
    said = brought(app, tmp_path, "phpbb")
    assert said.exit_code == 0, said.output
    assert [each.author_id for each in posts(app, topics(app)["Whose words"])] == [None, ana.id, None]


def test_nobody_gets_posts_for_an_address_they_never_confirmed(app: Flask, session: Session, ana: Member) -> None:
    ana.state = UNCONFIRMED
    session.commit()
    brought(app, PHPBB, "phpbb")
    assert {each.author_id for each in all_of(app, select(Post))} == {None}


def test_a_handle_that_is_shown_to_nobody_is_in_no_text(app: Flask, session: Session, ana: Member) -> None:
    profile(session, ana, handle="ana-k", show=Audience.ME)
    session.commit()
    brought(app, PHPBB, "phpbb")
    shuttle = topics(app)['"Shuttle" talks']
    assert shuttle.author_id == ana.id
    assert "ana-k" not in "".join(texts(app, shuttle))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", b'{"post_stream": ', "a.json: is not JSON"),
        ("a.json", b"[" * 100_000, "a.json: is nested too deeply."),
        ("a.json", b"[1]", "a.json: entry 1: is not an object"),
        ("a.jsonl", b'{"id": 1}\nnonsense\n', "a.jsonl:2: is not JSON"),
        ("a.jsonl", b'{"raw": "x", "topic_id": "seven"}\n', "a.jsonl:1: has no number in “topic_id”."),
        ("a.csv", b'id,topic_id,raw\n1,2,"caf\xe9"\n', "a.csv:2: is not UTF-8 text."),
        ("a.jsonl", b'{"id": ' + b"1" * 5000 + b"}\n", "a.jsonl:1: has a number that is too long."),
        ("a.csv", b"id,topic_id,raw\n1," + b"1" * 5000 + b",x\n", "a.csv:2: has no number in “topic_id”."),
        ("a.csv", b"colour\nred\n", "a.csv:2: is nothing known of Discourse: it has colour."),
        ("a.csv", b"id,topic_id,raw,created_at\n1,2,x,2999-01-01\n", "has a moment in “created_at” that lies ahead"),
        ("a.csv", b"id,topic_id,raw,created_at,post_number\n1,2,x,2019-01-01,99999999999\n", "cannot be: 9999"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_kindly(app: Flask, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    done = run(app, "import", tmp_path / name, "--from", "discourse")
    assert (said in done.output, done.exit_code) == (True, 1), done.output


def test_one_large_document_is_refused_with_a_way_out(app: Flask, tmp_path: Path) -> None:
    with (tmp_path / "all.json").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    said = run(app, "import", tmp_path / "all.json", "--from", "discourse").output
    assert "is larger than 64 MiB" in said
    assert "as JSON lines or as CSV, which may have any size" in said


def test_a_zip_is_read_like_a_folder(app: Flask, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as zipped:
        for each in PHPBB.iterdir():
            zipped.write(each, f"dump/{each.name}")
    assert "2 topics and 4 posts were brought in." in brought(app, tmp_path / "old.zip", "phpbb").output


def test_tables_of_phpbb_may_be_one_json_document(app: Flask, tmp_path: Path) -> None:
    tables = [{"type": "header", "version": "5"}]
    for path in sorted(PHPBB.iterdir()):
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if None not in row.values()]
        tables.append({"type": "table", "name": path.stem, "database": "old", "data": rows})  # type: ignore[dict-item]
    (tmp_path / "dump.json").write_text(json.dumps(tables), encoding="utf-8")
    said = brought(app, tmp_path / "dump.json", "phpbb")
    assert "2 topics and 4 posts were brought in." in said.output
    assert "dump.json: phpbb_posts 6: belongs to topic 99" in said.output


def test_a_members_own_archive_of_discourse_can_be_read(app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "archive.csv"
    head = "topic_title,categories,is_pm,post_raw,like_count,reply_count,url,created_at"
    rows = (
        "A walk,Practice,No,I went.,0,0,http://old.example/t/a-walk/7/2,2019-01-01 10:00:00 UTC",
        "Secret,,Yes,For you.,0,0,http://old.example/t/secret/8/1,2019-01-01 10:00:00 UTC",
    )
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    said = brought(app, path, "discourse").output
    assert "1 private messages" in said
    walk = topics(app)["A walk"]
    assert [(each.number, each.text) for each in posts(app, walk)] == [(1, "I went.")]
    assert places(app)["practice"].name == "Practice"


def recent(folder: Path) -> Path:
    """An old conversation of yesterday."""
    path, at = folder / "posts.csv", (clock.now() - timedelta(days=1)).isoformat()
    head = "id,topic_id,post_number,username,created_at,raw,topic_title,category"
    rows = (f"{n},1,{n},river_ana,{at},Words {n},Is this yesterday's?,Hall" for n in (1, 2))
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


def test_no_letter_tells_of_what_was_brought_in(app: Flask, session: Session, lena: Member, tmp_path: Path) -> None:
    brought(app, recent(tmp_path), "discourse", "--readers", "members")
    place = places(app)["hall"]
    session.add(PlaceStanding(member_id=lena.id, category_id=place.id, level=Level.WATCH))
    session.commit()
    now, actor = clock.now(), Actor(lena.id, "Lena")
    reader = Reader(actor, viewer_with(actor), now - timedelta(days=7), now)
    with app.test_request_context():
        told = [line.words for piece in (FOLLOWED, QUESTIONS) for line in piece.lines(session, reader)]
    assert told == []


def test_an_act_of_a_keeper_lifts_nothing_and_its_author_is_not_made_to_watch(
    app: Flask, session: Session, ana: Member, tmp_path: Path
) -> None:
    table = tmp_path / "who.csv"
    table.write_text("river_ana,ana@example.org\n", encoding="utf-8")
    brought(app, recent(tmp_path), "discourse", "--people", table)
    with app.test_request_context():
        (topic,) = topics(app).values()
        first, last = posts(app, topic)
        assert first.author_id == ana.id
        states.become(session, last.id, State.HIDDEN)
        states.become(session, last.id, State.SHOWN)
        session.commit()
        settling.pump(clock.now())
    assert topics(app)[topic.title].last_post_id == topic.last_post_id < 0
    assert counts(app)["forum_standing"] == 0


def test_a_place_of_the_same_name_for_other_people_is_not_the_same_place(app: Flask, session: Session) -> None:
    forum_stage.place(session, "Team", readers=circles.EVERYONE, writers=circles.MEMBERS, starters=circles.MEMBERS)
    brought(app, DISCOURSE, "discourse")
    there = places(app)
    assert topics(app)["Who has the key?"].category_id == there["team-2"].id
    assert there["team-2"].readers == circles.STAFF
