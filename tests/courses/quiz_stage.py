"""A published course with every kind of question, learners in it, and answers as a browser would send them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.catalogue import library, service
from courses.catalogue.library import LiveCourse
from courses.catalogue.questions import MatchQuestion, OrderQuestion
from courses.enrolment.models import Enrolment
from courses.quizzes.answers import Answer, Matches, Picks, Ranks, Written
from courses.quizzes.models import Attempt
from courses.quizzes.papers import Paper, Sheet, paper_of
from tests.courses.course_files import course_files
from tests.courses.questions import right_answer

SLUG = "first-steps"
KEY = "01-water/02-check"
LESSON = f"/courses/{SLUG}/water/check"
TASK = f"/courses/{SLUG}/water/map"
QUIZ_FILE = "01-water/02-check.md"
BEGAN = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)
HEAD = """---
kind: quiz
title: Check
summary: All kinds of questions.
pass: 75
attempts: {attempts}
shuffle: true
{more}---
"""
CLOSED = """## Who shut the gate? {#bankfell}

- [ ] The upper village
  > FEEDBACK-UPPER
- [x] Nobody: a bank fell
  > FEEDBACK-BANK
- [ ] The lower village
  > FEEDBACK-LOWER

> EXPLAIN-ONE Reread: [the canal](01-canal.md)

## What helps now? Choose all. {#visitlist}

- [x] A joint visit
  > FEEDBACK-VISIT
- [x] A list of hours
  > FEEDBACK-LIST
- [ ] A fence
  > FEEDBACK-FENCE
- [ ] A threat
  > FEEDBACK-THREAT

> EXPLAIN-TWO

## In which year was the canal built? {#year1992}

= 1992

> EXPLAIN-THREE

## Put the steps in order {#stepsid}

1. See the gate
2. Hear both sides
3. Write it down

> EXPLAIN-FOUR

## Match the words {#termsid}

- gate :: a door for water
- canal :: a river made by people
- bank :: the edge of a river

> EXPLAIN-FIVE
"""
OPEN = """
## Why should both villages be heard? {#why}

= open: 50 words

> EXPLAIN-SIX
"""
SECRETS = (
    *(f"FEEDBACK-{word}" for word in ("UPPER", "BANK", "LOWER", "VISIT", "LIST", "FENCE", "THREAT")),
    *(f"EXPLAIN-{word}" for word in ("ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX")),
    *("bankfell", "visitlist", "year1992", "stepsid", "termsid", "1992"),
)


def quiz_text(*, attempts: int = 3, minutes: int = 0, with_open: bool = False) -> str:
    """The quiz's file."""
    head = HEAD.format(attempts=attempts, more=f"minutes: {minutes}\n" if minutes else "")
    return head + CLOSED + (OPEN if with_open else "")


def publish(
    session: Session,
    *,
    attempts: int = 3,
    minutes: int = 0,
    with_open: bool = False,
    changes: Mapping[str, str] | None = None,
) -> LiveCourse:
    """Publish the course, read by its reader."""
    quiz = quiz_text(attempts=attempts, minutes=minutes, with_open=with_open)
    service.publish(session, slug=SLUG, files=course_files({QUIZ_FILE: quiz, **(changes or {})}), by=None, now=BEGAN)
    session.commit()
    live = library.live_course(session, SLUG)
    session.commit()
    if live is None:
        raise LookupError(SLUG)
    return live


def enrol(session: Session, *members: Member) -> None:
    """Give these members a place."""
    session.add_all(Enrolment(member_id=each.id, course_slug=SLUG, enrolled_at=BEGAN) for each in members)
    session.commit()


def attempts(session: Session) -> list[Attempt]:
    """Every attempt of everybody, as it is in the database now."""
    session.expire_all()
    found = list(session.scalars(select(Attempt).order_by(Attempt.id)))
    session.commit()
    return found


def paper(session: Session, attempt: Attempt) -> Paper:
    """The paper of an attempt."""
    live = library.edition(session, SLUG, attempt.edition)
    session.commit()
    quiz = live.lessons[attempt.lesson_key].quiz if live else None
    if quiz is None:
        raise LookupError(attempt.lesson_key)
    return paper_of(quiz, attempt.seed)


def right(whole: Paper, *, but: Mapping[str, Answer] | None = None) -> dict[str, list[str]]:
    """The fields of a form that answers everything rightly, `but` for these."""
    fields: dict[str, list[str]] = {"asked": []}
    for sheet in whole.sheets:
        answer = (but or {}).get(sheet.question.id) or right_answer(sheet.question)
        fields["asked"].append(sheet.token)
        fields.update(sent(sheet, answer))
    return fields


def sent(sheet: Sheet, answer: Answer) -> dict[str, list[str]]:
    """An answer as the fields of its question."""
    match answer:
        case Picks(places):
            return {sheet.name: [sheet.parts[place] for place in sorted(places)]}
        case Ranks(ranks) if isinstance(sheet.question, OrderQuestion):
            return {f"{sheet.name}-{sheet.parts[place]}": [str(rank)] for place, rank in enumerate(ranks)}
        case Matches(chosen) if isinstance(sheet.question, MatchQuestion):
            return {
                f"{sheet.name}-{sheet.parts[term]}": [sheet.choices[place]]
                for term, place in enumerate(chosen)
                if place is not None
            }
        case Written(text):
            return {sheet.name: [text]}
    return {}
