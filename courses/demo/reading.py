"""What is said about works: learners ask, the trainer answers, learners read each other, somebody is just marking."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from academy.people.actor import Actor
from courses.catalogue.content import Lesson
from courses.catalogue.questions import Peers
from courses.demo.deeds import reached
from courses.demo.world import MAIN, World, text
from courses.enrolment import service as enrolment
from courses.enrolment.allowances import Allowance
from courses.lessons.outline import lesson_url
from courses.marking import service as marking
from courses.tasks import reviewing, talking
from courses.tasks.models import Quality, Work, WorkReview, WorkState
from courses.tasks.reviewing import Opinion
from courses.tasks.talking import Line

ASKING, ANSWERED, READERS = 2, 2, 8
LATER = timedelta(days=14)


def give_later_days(world: World, keys: Sequence[str], now: datetime) -> None:
    """The trainer gives some learners a later day for the task."""
    lesson = task_of(world)
    for key in keys:
        allowance = Allowance(extensions={lesson.key: now + LATER})
        by, live = world.actor("trainer"), world.live(MAIN)
        enrolment.allow(world.session, member_id=world.number(key), live=live, allowance=allowance, by=by, now=now)


def talk(world: World, now: datetime) -> None:
    """Some learners wait for an answer under their work, others have one."""
    waiting, settled = _works(world, WorkState.HANDED_IN), _works(world, WorkState.PASSED)
    for turn, work in enumerate(waiting[:ASKING]):
        _say(world, work, work.member_id, text("questions", turn), now)
    for turn, work in enumerate(settled[-ANSWERED:]):
        _say(world, work, work.member_id, text("questions", turn + ASKING), now - timedelta(days=1))
        _say(world, work, world.number("trainer"), text("replies", turn), now)


def _say(world: World, work: Work, author: int, words: str, now: datetime) -> None:
    lesson = task_of(world)
    line = Line(author, words, lesson.title, f"{lesson_url(MAIN, lesson)}#talk")
    talking.write(world.session, work=work, line=line, now=now)


def read_each_other(world: World, now: datetime) -> None:
    """Learners who handed in read others' works; the authors say whether it helped, the trainer judges one review."""
    lesson = task_of(world)
    peers = lesson.task.peers if lesson.task else None
    works = [*_works(world, WorkState.PASSED), *_works(world, WorkState.HANDED_IN)][-READERS:]
    for work in works:
        reviewing.assign(world.session, work=work, peers=peers or Peers(2), now=now - timedelta(days=2))
    latest = select(WorkReview).order_by(WorkReview.id.desc()).limit(READERS)
    found = world.session.scalars(latest).all()
    for turn, review in enumerate(found[:-ASKING]):
        opinion = Opinion(_points(lesson, turn), text("peer_reviews", turn))
        url = lesson_url(MAIN, lesson)
        reviewing.give(world.session, review=review, opinion=opinion, lesson=lesson.title, url=url, now=now)
        if turn % 3 == 0:
            reviewing.rate(world.session, review=review, helpful=2 + turn % 2)
    if found:
        reviewing.judge(world.session, review=found[0], quality=Quality.GOOD, by=world.actor("trainer"), now=now)


def _points(lesson: Lesson, turn: int) -> dict[str, float]:
    rubric = lesson.task.rubric if lesson.task else ()
    lost = turn % len(rubric)
    return {each.id: reached(each, each.points - 2 * (place == lost)) for place, each in enumerate(rubric)}


def mark_just_now(world: World, now: datetime) -> None:
    """The admin is marking one of the works that wait."""
    actor: Actor = world.actor("admin")
    for work in _works(world, WorkState.HANDED_IN)[1:2]:
        marking.take(world.session, feature="tasks", item_id=work.id, member_id=actor.id, now=now)


def task_of(world: World) -> Lesson:
    """The task of the course."""
    return next(lesson for lesson in world.live(MAIN).course.lessons if lesson.task is not None)


def _works(world: World, state: WorkState) -> list[Work]:
    query = select(Work).where(Work.course_slug == MAIN, Work.state == state).order_by(Work.handed_in_at, Work.id)
    return list(world.session.scalars(query))
