"""What is written again and again while writers crowd: from a bare row to a whole request through the application."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Table, bindparam, update
from werkzeug.test import EnvironBuilder, run_wsgi_app

from academy import clock
from academy.db import Database, open_database
from academy.people.models import Member
from academy.settings import Settings
from benchmarks.site import COURSE, QUIZ, cookie_of
from courses.progress.models import LessonState
from courses.progress.service import record_result
from wsgi import create_app

MARK = "the token of a benchmark"
FIELD = re.compile(r'<input type="radio" name="([^"]+)" value="([^"]+)"|name="asked" value="([^"]+)"')
GOOD = ("200", "303")
_member = cast("Table", Member.__table__)
_ROW = update(_member).where(_member.c.id == bindparam("who")).values(theme=bindparam("word"))

Deed = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Writer:
    """One of those who write: the number of their row, and the token of their sign-in."""

    member_id: int
    sign_in: str


Maker = Callable[[Settings, list[Writer]], list[Deed]]


def rows(settings: Settings, writers: list[Writer]) -> list[Deed]:
    """A row, changed and committed: what the database layer can do at best."""
    database = open_database(settings.database_url)
    return [partial(_change_row, database, writer) for writer in writers]


def _change_row(database: Database, writer: Writer, number: int) -> None:
    with database.transaction() as session:
        session.execute(_ROW, {"who": writer.member_id, "word": str(number)})


def results(settings: Settings, writers: list[Writer]) -> list[Deed]:
    """The result of a lesson: kept, and looked at for what it completes."""
    database = open_database(settings.database_url)
    return [partial(_keep_result, database, writer) for writer in writers]


def _keep_result(database: Database, writer: Writer, number: int) -> None:
    with database.transaction() as session:
        record_result(
            session,
            member_id=writer.member_id,
            course_slug=COURSE,
            lesson_key=f"bench/lesson-{number}",
            state=LessonState.DONE,
            score=None,
            edition=1,
            now=clock.now(),
        )


def posts(settings: Settings, writers: list[Writer]) -> list[Deed]:
    """The answers of a quiz, saved while it is taken: a whole request, as a worker with threads answers it."""
    app = create_app(settings)
    return [Poster(app, writer).save for writer in writers]


class Poster:
    """Somebody who takes a quiz and changes their mind all the time."""

    def __init__(self, app: Flask, writer: Writer) -> None:
        self.app, self.cookie = app, cookie_of(app, writer.sign_in, csrf_token=MARK)
        self.token = URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token").dumps(MARK)
        self.attempt = self._ask(f"{QUIZ}attempt", {})["Location"]
        found = FIELD.findall(self._ask(self.attempt)["page"])
        self.asked = [token for _, _, token in found if token]
        self.choices: dict[str, list[str]] = {}
        for name, value, _ in found:
            if name:
                self.choices.setdefault(name, []).append(value)

    def save(self, number: int) -> None:
        """Save other answers than last time."""
        picked = {name: values[number % len(values)] for name, values in self.choices.items()}
        self._ask(f"{self.attempt}/save", {"asked": self.asked, **picked}, **{"X-Requested-With": "autosave"})

    def _ask(self, path: str, sent: dict[str, Any] | None = None, **worn: str) -> dict[str, str]:
        body = {} if sent is None else {"method": "POST", "data": {**sent, "csrf_token": self.token}}
        asked = EnvironBuilder(path, base_url="http://127.0.0.1", headers={"Cookie": self.cookie, **worn}, **body)
        page, status, headers = run_wsgi_app(self.app, asked.get_environ(), buffered=True)
        if not status.startswith(GOOD):
            raise RuntimeError(f"{path}: {status}")
        return {"page": b"".join(page).decode(), **dict(headers)}
