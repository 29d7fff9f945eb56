"""`python -m tests.e2e.marking_course`: a course with two tasks, and people signed in; prints their cookies as JSON."""

import json
import sys

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy.orm import Session

from academy import clock, db
from academy.people.models import Member
from courses.catalogue import library
from courses.catalogue import service as catalogue
from courses.enrolment import service as enrolment
from courses.marking import service as marking
from tests import makers
from tests.courses import task_stage
from tests.courses.course_files import course_files
from wsgi import create_app

SLUG = "first-steps"
COMMENT = "Say who decides, and who has only to be asked."
BLIND = """---
kind: task
title: A letter
summary: Write to both villages.
words: 200
pass: 60
blind: true
second_marker: true
rubric:
  - id: tone
    title: Tone
    points: 10
    text: Both sides can read it.
---
Write one letter that both villages can read.
"""


def main() -> None:
    """Make everything on the site of this environment."""
    app = create_app()
    with app.app_context(), db.the_database().writing() as session:
        sys.stdout.write(json.dumps(_made(app, session)))


def _made(app: Flask, session: Session) -> dict[str, str]:
    now = clock.now()
    files = {
        **course_files({"01-water/05-letter.md": BLIND}),
        task_stage.MAP: task_stage.task_text(levels=True).encode(),
    }
    catalogue.publish(session, slug=SLUG, files=files, by=None, now=now)
    live = library.live_course(session, SLUG)
    if live is None:
        raise LookupError(SLUG)
    staff = (("trainer", f"course:{SLUG}"),)
    people = {name: makers.member(session, name, roles=staff) for name in ("Tariq", "Olga")}
    people["Lena"] = makers.member(session, "Lena")
    enrolment.enrol(session, live=live, member_id=people["Lena"].id, way="open", now=now)
    marking.keep_comment(session, course_slug=SLUG, text=COMMENT, by=people["Tariq"].id, now=now)
    session.commit()
    return {name: _cookie(app, session, who) for name, who in people.items()}


def _cookie(app: Flask, session: Session, who: Member) -> str:
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    if signer is None:
        raise RuntimeError("The site has no secret key.")
    token = makers.sign_in(session, who, clock.now())
    return str(signer.dumps({"_user_id": token, "_fresh": True}))


if __name__ == "__main__":
    main()
