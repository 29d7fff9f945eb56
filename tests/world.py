"""A small real world for the table of permissions: one of everything that belongs to somebody, and a way back to it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Self

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from academy import clock
from academy.mail import service as mail
from academy.mail.models import Letter
from academy.notices import stopping
from academy.notices.models import Notice
from academy.people import links, passwords, presence
from academy.people.actor import Actor
from academy.people.keys import key_for
from academy.people.models import UNCONFIRMED, Member, SignIn
from academy.uploads import store
from academy.uploads.models import Upload
from courses.authoring import service as authoring
from courses.catalogue import library
from courses.catalogue import service as catalogue
from courses.certificates import batches, templates, wishes
from courses.certificates import queries as certificates
from courses.certificates import service as issuing
from courses.certificates.kinds import Wish
from courses.certificates.models import Certificate, WithdrawClass
from courses.certificates.service import Award
from courses.cohorts import service as cohorts
from courses.credentials import jobs as signing
from courses.marking.models import SavedComment
from courses.progress.rules import Tier
from courses.publishing import guests, reviewing
from courses.publishing import queries as publishing
from courses.quizzes.answers import Written
from courses.quizzes.models import AnswerRow
from courses.release.models import ReleaseOverride
from courses.shares import service as shares
from courses.shares import tokens
from courses.shares.service import Shown
from courses.tasks.models import Work, WorkFile, WorkReview
from courses.teaching.models import Nudge
from tests import (
    makers,
    network_world_events,
    network_world_facilitators,
    network_world_forum,
    network_world_forum_places,
    network_world_forum_writing,
    network_world_graduates,
    network_world_groups,
    network_world_mentoring,
    network_world_messages,
    network_world_moderation,
    network_world_opportunities,
    network_world_profiles,
)
from tests.browser import Browser
from tests.courses import places, quiz_stage
from tests.courses.course_files import GUIDE, SCENARIO, TASK, course_files

COURSE, ASKING, CODED, DRAFT = "first-steps", "asking-steps", "coded-steps", "other-steps"
PHRASE = "four quiet lanterns upriver"
ANSWER = "Both villages drink from the one canal, says my aunt."
WORK = "My map has two villages, one gate and an old quarrel."
MOTIVE = "In July somebody shuts the gate, and I should like to know how people talk about that."
ADDRESS = "lena.private@example.org"
LEGAL_NAME = "Елена Сәтбекқызы"
ANA_IN_FULL = "Ana Qodirova Verbatim"
CSRF = "the same secret in every session of the tests"
WHY = """---
kind: quiz
title: Why
summary: One open question.
pass: 75
opens:
  days: 1
---
## Why should both villages be heard? {#why}

= open: 50 words

> Because both drink.
"""
WORDS = "You are nearer than you think."
MAP = TASK.replace("words: 500", "words: 500\nhand_in: both\npeers: 2")
SECRETS: Mapping[str, tuple[str, frozenset[str]]] = {
    "Lena's address": (ADDRESS, frozenset({"lena", "ada"})),
    "Lena's name on certificates": (LEGAL_NAME, frozenset({"lena", "ada"})),
    "Ana's name on certificates": (ANA_IN_FULL, frozenset({"ana", "ada"})),
    "Lena's answer": ("says my aunt", frozenset({"lena", "tariq", "ada"})),
    "Lena's work": ("an old quarrel", frozenset({"lena", "tariq", "ada"})),
    "Noor's reasons": ("how people talk", frozenset({"ada"})),
    "words to Lena": (WORDS, frozenset({"lena", "tariq", "ada"})),
    **network_world_graduates.SECRETS,
    **network_world_mentoring.SECRETS,
    "a message to Ana": ("the third gate", frozenset({"lena", "ana"})),
    "the place of Ana's event": (network_world_events.PLACE, frozenset({"ana"})),
    "the title of a draft": ("Unfinished steps", frozenset({"olga", "ada"})),
    "what waits for a moderator": (network_world_opportunities.WAITS, frozenset({"ana", "mina", "ada"})),
    "who reported Ana": (network_world_moderation.SAID, frozenset({"mina", "ada"})),
}
"""What must not be on a page, unless it is one of these who asks."""


class Names(dict[str, str]):
    """What things are called in addresses; one name twice would be right or wrong by chance."""

    def __ior__(self, more: Mapping[str, str]) -> Self:  # type: ignore[override,misc]
        twice = set(self) & set(more)
        if twice:
            raise ValueError(f"named twice: {', '.join(sorted(twice))}")
        self.update(more)
        return self


@dataclass
class World:
    """Who there is and what things are called in addresses."""

    app: Flask
    tokens: dict[str, str] = field(default_factory=dict)
    values: Names = field(default_factory=Names)

    def client(self, who: str, *, csrf: bool = True) -> FlaskClient:
        """A browser in which this person is signed in; 'visitor' is nobody."""
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            if who != "visitor":
                cookie["_user_id"], cookie["_fresh"] = self.tokens[who], True
            if csrf:
                cookie["csrf_token"] = CSRF
        return client

    @property
    def csrf_token(self) -> str:
        """What a form of any of these browsers carries."""
        return str(URLSafeTimedSerializer(str(self.app.secret_key), salt="wtf-csrf-token").dumps(CSRF))

    def value(self, name: str) -> str:
        """What a word of the table stands for; a word that stands for nothing stands for itself."""
        return self.values.get(name, name)


def build(app: Flask, session: Session) -> World:
    """Make the world, as far as possible the way people do: on the pages."""
    world = World(app)
    people = _people(session)
    with app.app_context():
        session.execute(update(Member).values(password_hash=passwords.hashed(PHRASE)))
        session.execute(update(Member).where(Member.display_name == "Lena").values(email=ADDRESS, email_key=ADDRESS))
    session.commit()
    _courses(session)
    for name, who in people.items():
        world.tokens[name] = makers.sign_in(session, who, clock.now())
        world.values[name] = str(who.id)
    with app.test_request_context():
        _papers(world, session, people)
        _doings(world, session, people)
        _reads(world, session, people)
        _links(world, session, people)
        _publishing(world, session, people)
        world.values |= network_world_profiles.build(session, people)
        world.values |= network_world_graduates.build(session, people)
        world.values |= network_world_groups.build(session, people)
        world.values |= network_world_forum_places.build(session, people)
        world.values |= network_world_forum.build(session, people)
        world.values |= network_world_forum_writing.build(session, people, world.values["alumni-place"])
        world.values |= network_world_moderation.build(session, people)
        world.values |= network_world_mentoring.build(session, people)
        world.values |= network_world_messages.build(session, people)
        slides = _file(session, people["ana"], "Slides.pdf")
        world.values |= network_world_events.build(session, people, slides)
        world.values |= network_world_facilitators.build(session, people)
        world.values |= network_world_opportunities.build(session, people)
    with app.app_context():
        signing.pump(clock.now())
    return world


def _people(session: Session) -> dict[str, Member]:
    return {
        "max": makers.member(session, "Max"),
        "lena": makers.member(session, "Lena", legal_name=LEGAL_NAME),
        "noor": makers.member(session, "Noor", legal_name="Noor Test"),
        "tariq": makers.member(session, "Tariq", roles=(("trainer", f"course:{COURSE}"),)),
        "olga": makers.member(session, "Olga", roles=(("trainer", f"course:{DRAFT}"),)),
        "ana": makers.member(session, "Ana", legal_name=ANA_IN_FULL, alumna=True),
        "zoya": makers.member(session, "Zoya", alumna=True),
        "mina": makers.member(session, "Mina", roles=(("moderator", ""),)),
        "ada": makers.member(session, "Ada", roles=(("admin", ""),)),
    }


def _courses(session: Session) -> None:
    quiz = quiz_stage.quiz_text()
    for slug, admission, status, title in (
        (COURSE, "open", "published", "First steps"),
        (ASKING, "approval", "published", "Asking steps"),
        (CODED, "code", "published", "Coded steps"),
        (DRAFT, "open", "draft", "Unfinished steps"),
    ):
        files = course_files(
            {
                "01-water/02-check.md": quiz,
                "01-water/05-why.md": WHY,
                "01-water/03-map.md": MAP,
                "01-water/06-gate.md": SCENARIO,
                "guide.md": GUIDE if slug == COURSE else None,
            }
        )
        page = files["course.md"].decode().replace("title: First steps", f"title: {title}")
        files["course.md"] = page.replace("enrolment: open", f"enrolment: {admission}\nstatus: {status}").encode()
        catalogue.publish(session, slug=slug, files=files, by=None, now=makers.LONG_AGO)
    authoring.begin(session, slug=COURSE, now=makers.LONG_AGO)
    session.commit()


def _papers(world: World, session: Session, people: Mapping[str, Member]) -> None:
    """Things of the office: a cohort, a code, a request, certificates, a letter, a notice, another device."""
    lena, noor, now = people["lena"], people["noor"], clock.now()
    quiz_stage.enrol(session, lena, noor)
    cohort = places.cohort(session, "Spring", slug=COURSE)
    cohorts.add_members(session, cohort_id=cohort.id, member_ids=[lena.id, people["ana"].id], now=now)
    coded = places.cohort(session, "Coded", slug=CODED)
    session.commit()
    code = places.code(session, slug=CODED, cohort_id=coded.id)
    asked = places.asked(session, noor, ASKING)
    asked.motive = MOTIVE
    opening = ReleaseOverride(course_slug=COURSE, target="water/why", member_id=lena.id, set_at=now)
    session.add(opening)
    certificate, withdrawn = _certificate(session, lena), _certificate(session, noor)
    certificate.expires_at = now + timedelta(days=30)
    certificate_asked = _asked_about(session, withdrawn, people["ada"])
    share = shares.share(
        session, code=certificate.code, member_id=lena.id, shown=Shown(sheet=True), ends_at=None, now=now
    )
    issuing.withdraw(session, certificate=withdrawn, reason=WithdrawClass.ERROR, words="A slip.", by=None, now=now)
    mail.queue(
        session, to=mail.Address(lena.email), template="password_changed", values={"link": "http://localhost/"}, now=now
    )
    presence.begin(session, member_id=lena.id, now=now, device="Her other phone", second_factor=True)
    handed = _file(session, lena, "A map.pdf")
    session.commit()
    media = library.live_course(session, COURSE)
    assert media is not None
    world.values |= {
        "cohort": str(cohort.id),
        "code": str(code.id),
        "the-code": code.code,
        "request": str(asked.id),
        "opening": str(opening.id),
        "certificate": certificate.code,
        "withdrawn": withdrawn.code,
        **certificate_asked,
        "share": str(share.id),
        "share-link": tokens.token_of(share, key_for("certificate links")),
        "letter": str(session.scalars(select(Letter.id)).first()),
        "notice": str(session.scalars(select(Notice.id).where(Notice.member_id == lena.id)).first()),
        "file": str(handed.id),
        "device": str(session.scalar(select(func.max(SignIn.id)))),
        "quiz-file": "01-water/02-check.md",
        "digest": media.course.media["media/canal.svg"].digest,
    }


def _file(session: Session, whose: Member, name: str) -> Upload:
    """A file that somebody gave, with its bytes in the store."""
    content = b"%PDF-1.7"
    file = Upload(
        member_id=whose.id,
        digest=hashlib.sha256(content).hexdigest(),
        name=name,
        media_type="application/pdf",
        size=len(content),
        created_at=makers.LONG_AGO,
    )
    session.add(file)
    session.flush()
    store.put(file.place, content)
    return file


def _certificate(session: Session, who: Member) -> Certificate:
    live = library.live_course(session, COURSE)
    assert live is not None
    (candidate,) = certificates.candidates(session, live, Tier.COMPLETION, [who.id])
    award = Award(live, Tier.COMPLETION, None, makers.LONG_AGO, "It is a world for tests.")
    return issuing.issue(session, candidate=candidate, award=award)


def _asked_about(session: Session, certificate: Certificate, ada: Member) -> dict[str, str]:
    """A request about this certificate, a certificate without a course, and a batch of one who waits for it."""
    now, admin = clock.now(), Actor(ada.id, "Ada")
    wishes.ask(session, certificate=certificate, wish=Wish.NAME, now=now, name="Nur Test")
    words = templates.Said("service", "en", {"en": {"title": "A summer of service", "text": ""}}, 20, 0)
    template = templates.make(session, said=words, by=admin, now=now)
    noor = certificate.member_id
    assert noor is not None
    source = batches.Source(template_id=template.id)
    batch = batches.start(session, source=source, member_ids=[noor], by=admin, now=now)
    wish = wishes.open_after(session, 0)[0].request.id
    return {"wish": str(wish), "template": str(template.id), "batch": str(batch.id)}


def _doings(world: World, session: Session, people: Mapping[str, Member]) -> None:
    """What Lena does in the course: an attempt that is open, one that waits for marks, and a task handed in."""
    lena = Browser(world.app, session).signed_in(people["lena"])
    why, check, task = (f"/courses/{COURSE}/water/{lesson}" for lesson in ("why", "check", "map"))
    lena.post(f"{why}/attempt")
    whole = quiz_stage.paper(session, quiz_stage.attempts(session)[-1])
    lena.post(f"{why}/attempt/1", quiz_stage.right(whole, but={"why": Written(ANSWER)}))
    lena.post(f"{check}/attempt")
    lena.post(f"{task}/hand-in", {"text": WORK})
    who = {"member_id": people["lena"].id, "sent_by": people["tariq"].id}
    session.add(Nudge(course_slug=COURSE, text=WORDS, sent_at=makers.LONG_AGO, **who))
    world.values |= {
        "answer": str(session.scalars(select(AnswerRow.id).where(AnswerRow.waiting_since.is_not(None))).one()),
        "work": str(session.scalars(select(Work.id)).one()),
    }
    session.commit()


def _reads(world: World, session: Session, people: Mapping[str, Member]) -> None:
    """Lena and Noor read each other's work on the task; a comment is kept for whoever marks."""
    lena, noor, then = people["lena"], people["noor"], makers.LONG_AGO
    theirs = session.scalars(select(Work)).one()
    work = Work(
        member_id=noor.id, course_slug=COURSE, lesson_key="water/map", number=1, edition=1, text="Noor drew two gates."
    )
    work.state, work.saved_at, work.handed_in_at = "handed_in", then, then
    file = _file(session, noor, "Noor.pdf")
    comment = SavedComment(course_slug=COURSE, text="Say who decides.", made_by=None, made_at=then)
    session.add_all([work, comment])
    session.flush()
    times = {"assigned_at": then, "due_at": then}
    to_read = WorkReview(work_id=work.id, reader_id=lena.id, **times)
    review = WorkReview(work_id=theirs.id, reader_id=noor.id, given_at=then, **times)
    links = [
        WorkFile(work_id=work.id, upload_id=file.id),
        WorkFile(work_id=theirs.id, upload_id=int(world.values["file"])),
    ]
    session.add_all([to_read, review, *links])
    session.flush()
    world.values |= {
        "to-read": str(to_read.id),
        "peer-review": str(review.id),
        "noor-file": str(file.id),
        "kept-comment": str(comment.id),
    }
    session.commit()


def _links(world: World, session: Session, people: Mapping[str, Member]) -> None:
    """Secrets out of letters, one for each purpose."""
    now, lena = clock.now(), people["lena"]
    newcomer = makers.member(session, "Zarina")
    newcomer.state = UNCONFIRMED
    asked = '{"password_hash": "", "display_name": "Zarina"}'
    world.values |= {
        "confirm-link": links.issue(session, member_id=newcomer.id, purpose=links.CONFIRM, now=now, payload=asked),
        "reset-link": links.issue(session, member_id=lena.id, purpose=links.RESET, now=now),
        "address-link": links.issue(
            session, member_id=lena.id, purpose=links.NEW_ADDRESS, now=now, payload="lena.new@example.org"
        ),
        "stop-link": stopping.token(lena.id, "marked"),
    }
    session.commit()


def _publishing(world: World, session: Session, people: Mapping[str, Member]) -> None:
    """A review that Ada was asked for, a comment of Tariq's, and a link for a guest."""
    tariq, now = Actor(people["tariq"].id, "Tariq"), clock.now()
    review = reviewing.ask(session, slug=COURSE, reviewer_id=people["ada"].id, request="Look.", by=tariq, now=now)
    place = reviewing.Place("01-water/01-canal.md", 8, "Two villages")
    comment = reviewing.comment(session, slug=COURSE, place=place, text="Which two?", by=tariq, now=now)
    invitation = guests.Invitation("Sanam", "water/canal")
    link, token = guests.invite(session, slug=COURSE, invitation=invitation, by=tariq, now=now)
    world.values |= {
        "review": str(review.id),
        "comment": str(comment.id),
        "guest-link": str(link.id),
        "guest-token": token,
        "draft-digest": publishing.digest_of_draft(session, COURSE),
    }
    session.commit()
