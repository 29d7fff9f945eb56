"""Answers by e-mail: a letter goes out by a real mail server, its answer comes back and is a post, once."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.mail import posting, receiving
from academy.mail.models import Letter
from academy.mail.transport import Server, SmtpTransport
from academy.notices import letters
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.forum.letters import addresses, setup
from alumni.forum.topics.models import Post, State, Topic
from tests.academy.mail_sink import mail_sink
from tests.alumni import forum_stage, profile_stage
from tests.alumni.letter_stage import said, settle

BASE = "reply@academy.example"
SECRET = "a secret of the tests that is long enough"
Take = Callable[..., str]


@pytest.fixture
def site(app: Flask) -> Iterator[Flask]:
    """A site that takes answers."""
    before = app.extensions["academy.settings"]
    app.extensions["academy.settings"] = replace(before, reply_address=BASE, secret_key=SECRET)
    with app.app_context():
        setup.take_answers()
    yield app
    app.extensions["academy.settings"] = before
    app.extensions["academy.mail_receivers"].clear()


@pytest.fixture
def room(app: Flask, session: Session, ana: Member) -> Topic:
    """Ana's topic for all members."""
    profile_stage.profile(session, ana, handle="ana", show=Audience.NETWORK)
    made = forum_stage.topic(app, session, forum_stage.place(session), ana)
    settle(app, session)
    return made


def way(who: Member, room: Topic, now: datetime | None = None) -> str:
    """Where they answer."""
    return addresses.address(BASE, SECRET, member_id=who.id, topic_id=room.id, now=now or clock.now())


def letter(who: str, to: str, text: str = "By mail.", **headers: str) -> EmailMessage:
    """What somebody's mail program sends."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = who, to, "Re: A notice"
    made["Message-ID"] = headers.pop("number", "<one@mail.example>")
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


def take(site: Flask, session: Session, made: EmailMessage | bytes, to: str = "") -> str:
    """Pipe it in."""
    session.rollback()
    with site.app_context():
        return receiving.receive(made if isinstance(made, bytes) else made.as_bytes(), to, clock.now())


def posts(session: Session, room: int) -> list[tuple[int | None, str, str]]:
    """Who said what after the first post, and how it stands."""
    found = session.execute(
        select(Post.author_id, Post.text, Post.state).where(Post.topic_id == room, Post.number > 1).order_by(Post.id)
    )
    rows = [(row.author_id, row.text, row.state) for row in found]
    session.rollback()
    return rows


def back(session: Session) -> list[str]:
    """The letters that went back."""
    found = [each.text for each in session.scalars(select(Letter).order_by(Letter.id))]
    session.rollback()
    return found


def test_ana_answers_a_letter_and_it_is_a_post(
    site: Flask, session: Session, room: Topic, ana: Member, mina: Member
) -> None:
    number, me = room.id, ana.id
    asked = said(site, session, room, mina, "What do you say, @ana?").id
    with site.app_context():
        letters.pump(clock.now())
        with mail_sink() as sink:
            posting.deliver_waiting(clock.now(), SmtpTransport(Server.from_url(f"smtp://127.0.0.1:{sink.port}")))
    (arrived,) = sink.letters
    plain = arrived.get_body(("plain",))
    assert plain is not None
    quoted = "".join(f"> {line}\n" for line in plain.get_content().splitlines())
    text = f"I say yes.\n\nAnd **no**.\n\nOn Mon, 23 Nov 2026 at 10:00, Common Ground <{BASE}>\nwrote:\n\n{quoted}"
    outcome = take(site, session, letter("Ana <Ana@Example.org>", str(arrived["Reply-To"]), text))
    assert outcome == "posted"
    assert posts(session, number)[-1][:2] == (me, "I say yes.\n\nAnd **no**.")
    assert session.scalar(select(Post.reply_to).order_by(Post.id.desc()).limit(1)) == asked


@pytest.mark.parametrize("meanwhile", ["", "moved", "deleted"])
def test_an_answer_goes_where_the_post_is_now(
    site: Flask, session: Session, room: Topic, mina: Member, ana: Member, meanwhile: str
) -> None:
    asked = said(site, session, room, ana, "And you?")
    numbers = {"member_id": mina.id, "topic_id": room.id, "post_id": asked.id}
    other = forum_stage.topic(site, session, forum_stage.place(session, "Elsewhere"), ana, "Other")
    if meanwhile == "moved":
        asked.topic_id, asked.number = other.id, 2
        other.last_number = 2
    if meanwhile == "deleted":
        asked.state = State.DELETED
    session.commit()
    there = other.id if meanwhile == "moved" else room.id
    to, answered = addresses.address(BASE, SECRET, **numbers, now=clock.now()), asked.id
    assert take(site, session, letter(mina.email, to)) == "posted"
    made = session.scalars(select(Post).order_by(Post.id.desc()).limit(1)).one()
    assert (made.topic_id, made.reply_to) == (there, None if meanwhile == "deleted" else answered)


def test_the_same_letter_twice_is_one_post(site: Flask, session: Session, room: Topic, mina: Member) -> None:
    number, to = room.id, way(mina, room)
    for _time in range(2):
        assert take(site, session, letter(mina.email, to)) == "posted"
    assert len(posts(session, number)) == 1


def test_only_the_member_whose_address_it_is_answers(
    site: Flask, session: Session, room: Topic, mina: Member, max_: Member
) -> None:
    number, to, email = room.id, way(mina, room), mina.email
    forged = to.replace("+", "+a", 1).replace("@", "", 1)[:50] + "@academy.example"
    other = addresses.address(
        BASE, "another secret that nobody here has", member_id=mina.id, topic_id=number, now=clock.now()
    )
    assert take(site, session, letter(max_.email, to)) == "ignored"
    assert take(site, session, letter(email, forged)) == "not ours"
    assert take(site, session, letter(email, other)) == "not ours"
    assert take(site, session, letter(f"{email}, {max_.email}", to)) == "ignored"
    assert (posts(session, number), back(session)) == ([], [])


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<people.example>"},
        {"Return_Path": "<>"},
        {"number": "<letter-7-20261123@127.0.0.1>"},
    ],
)
def test_what_programs_send_is_left_aside(
    site: Flask, session: Session, room: Topic, mina: Member, headers: dict[str, str]
) -> None:
    number = room.id
    made = letter(mina.email, way(mina, room), **headers)
    if "number" in headers:
        host = site.extensions["academy.settings"].host.partition(":")[0]
        made.replace_header("Message-ID", f"<letter-7-20261123@{host}>")
    assert take(site, session, made) == "ignored"
    assert (posts(session, number), back(session)) == ([], [])


@pytest.mark.parametrize(
    ("text", "change", "sentence"),
    [
        ("> only a quotation", "", "There were no words of yours"),
        ("word " * 5000, "", "It is too long for a post."),
        ("Late.", "closed", "The topic is closed or gone"),
        ("Older.", "lapsed", "older than 60 days"),
    ],
)
def test_what_cannot_be_taken_is_answered_once_by_letter(
    site: Flask, session: Session, room: Topic, lena: Member, text: str, change: str, sentence: str
) -> None:
    number = room.id
    to = way(lena, room, clock.now() - timedelta(days=61 if change == "lapsed" else 0))
    if change == "closed":
        room.closed_at = clock.now()
        session.commit()
    for _time in range(2):
        assert take(site, session, letter(lena.email, to, text)) == "answered"
    (answer,) = back(session)
    assert sentence in answer
    assert posts(session, number) == []


def test_files_are_not_taken_but_the_words_are(site: Flask, session: Session, room: Topic, mina: Member) -> None:
    number = room.id
    made = letter(mina.email, way(mina, room), "See the plan.")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="plan.pdf")
    assert take(site, session, made) == "posted"
    assert [text for _who, text, _state in posts(session, number)] == ["See the plan."]
    assert "not the files" in back(session)[0]


def test_a_newcomers_answer_waits_as_on_the_page(site: Flask, session: Session, room: Topic, lena: Member) -> None:
    number = room.id
    lena.created_at = lena.confirmed_at = clock.now()
    session.commit()
    assert take(site, session, letter(lena.email, way(lena, room))) == "posted"
    assert posts(session, number)[0][2] == "waiting"


HOSTILE = {
    "nothing": b"",
    "no headers": b"\r\n\r\nhello",
    "half a part": b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/mixed; boundary=x",
    "unknown charset": b"Content-Type: text/plain; charset=klingon\r\n\r\n" + "Привет".encode(),
    "bad base64": b"Content-Transfer-Encoding: base64\r\n\r\n!!!=A",
    "bad header": b"Subject: =?utf-8?b?!!!?=\r\nReply-To: =?x?q?=FF?=\r\n\r\nhi",
    "zeros": b"Content-Type: text/plain\r\n\r\na\x00b",
    "line breaks": b"Subject: a\r\nBcc: all@example.org\r\n\tfolded\r\n\r\nhi",
    "deep": b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(300)),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_letters_break_nothing(site: Flask, session: Session, room: Topic, mina: Member, name: str) -> None:
    number, to = room.id, way(mina, room)
    heads = f"From: {mina.email}\r\nMessage-ID: <{name.replace(' ', '')}@x>\r\n".encode() if HOSTILE[name] else b""
    assert take(site, session, heads + HOSTILE[name], to) in {"posted", "answered", "ignored"}
    words = {text for _who, text, _state in posts(session, number)}
    assert words <= {"hello", "hi", "Привет", "ab", "!!!=A"}


def test_ten_megabytes_are_refused_unread(site: Flask, session: Session, room: Topic, mina: Member) -> None:
    made = letter(mina.email, way(mina, room)).as_bytes() + b"x" * (10 * 1024 * 1024)
    assert take(site, session, made) == "answered"
    assert "too long" in back(session)[0]


def test_the_command_takes_a_letter_from_a_pipe(site: Flask, session: Session, room: Topic, mina: Member) -> None:
    number, made = room.id, letter(mina.email, "somebody@else.example")
    to = way(mina, room)
    session.rollback()
    outcome = site.test_cli_runner().invoke(args=["mail", "receive", "--to", to], input=made.as_bytes())
    assert (outcome.exit_code, outcome.output) == (0, "posted\n")
    assert len(posts(session, number)) == 1
