"""Courses for tests: small, real files, published for real."""

from sqlalchemy.orm import Session

from courses.catalogue import library, service
from courses.catalogue.library import LiveCourse
from courses.enrolment import service as enrolment
from tests.makers import LONG_AGO

COURSE = """---
title: First steps
summary: A short course about canals and neighbours.
language: en
level: introductory
hours: 3
topics: [mediation]
outcomes:
  - Tell a position from an interest
enrolment: {enrolment}
status: {status}
completion:
  lessons: 100
  quizzes: 75
certificate:
  title: Certificate of Completion
  participation: true
---
Who this course is for, and how you work.
"""
MODULE = """---
title: The canal
summary: Two villages and one canal.
---
"""
WATER = """---
title: Water in summer
summary: Why a gate matters.
preview: true
---
## The gate

Two villages share one *canal*. In July the gate is shut at night.

## In short

- Ask who opens the gate.
"""
NIGHT = """---
title: Night watch
summary: Who sits at the gate.
---
## The watch

An old man sits there. He knows every family.
"""
CHECK = """---
kind: quiz
title: Check what you know
pass: 75
attempts: 3
---
## What do the villages share? {#share}

- [ ] A road
  > The road belongs to one of them.
- [x] A canal
  > Both drink from it.

> They share water.

## In which month is the gate shut? {#month}

= July

> In the dry month.
"""
WATER_RU = """---
title: Вода летом
summary: Почему важен затвор.
---
## Затвор

У двух сёл один *канал*. В июле затвор закрыт ночью.

## Коротко

- Спросите, кто открывает затвор.
"""


def files(*, enrolment: str = "open", status: str = "published", **changes: str) -> dict[str, bytes]:
    """The files of "first-steps"; `changes` replace a text: water, night, check, course."""
    texts = {
        "course.md": changes.get("course", COURSE.format(enrolment=enrolment, status=status)),
        "01-canal/module.md": MODULE,
        "01-canal/01-water.md": changes.get("water", WATER),
        "01-canal/01-water.ru.md": changes.get("water_ru", WATER_RU),
        "01-canal/02-night.md": changes.get("night", NIGHT),
        "01-canal/03-check.md": changes.get("check", CHECK),
    }
    return {path: text.encode() for path, text in texts.items() if text}


def publish(session: Session, slug: str = "first-steps", **changes: str) -> LiveCourse:
    """Publish (the next edition of) the small course and commit."""
    service.publish(session, slug=slug, files=files(**changes), by=None, now=LONG_AGO)
    session.commit()
    live = library.live_course(session, slug)
    assert live is not None
    return live


def enrolled(session: Session, member_id: int, live: LiveCourse) -> None:
    """Give somebody a place and commit."""
    enrolment.enrol(session, live=live, member_id=member_id, way="open", now=LONG_AGO)
    session.commit()
