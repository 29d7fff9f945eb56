"""What a learner does with a lesson, and what the trainer answers. Every deed goes through its feature's service."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import url_for

from academy.uploads import service as uploads
from academy.uploads.service import Parcel
from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.catalogue.questions import Criterion, OpenQuestion, Question, Quiz, Task
from courses.catalogue.scenes import story
from courses.demo.answering import answers_to
from courses.demo.drawing import map_of_a_lake
from courses.demo.paths import DRAFT, NOT_YET, PASSED, RETURNED, WAITING
from courses.demo.world import MAIN, World, text
from courses.lessons.outline import lesson_url
from courses.marking import service as marking
from courses.progress.models import LessonState
from courses.progress.queries import standing_of
from courses.progress.service import record_result
from courses.quizzes import open_answers
from courses.quizzes import queries as quiz_queries
from courses.quizzes import service as quizzes
from courses.quizzes.cases import case_of
from courses.quizzes.drawing import draw
from courses.quizzes.models import Attempt
from courses.quizzes.service import SEED_BYTES
from courses.scenarios import service as scenarios
from courses.scenarios.service import Stage
from courses.tasks import dues, settling
from courses.tasks import queries as task_queries
from courses.tasks import service as tasks
from courses.tasks.service import NO_CHANGE, Change, Desk
from courses.tasks.settling import Handed, Judgement

SITTING = timedelta(minutes=14)
LONGEST_WALK = 80
BEST, STEP, SPREAD, WITH_FILE = 100, 10, 4, 3
REMARKS = {PASSED: "passed", RETURNED: "returned", NOT_YET: "not_yet"}


@dataclass(frozen=True, slots=True)
class Deed:
    """Somebody and a lesson; reading it, unless a kind below says otherwise."""

    world: World
    key: str
    turn: int
    lesson: Lesson
    slug: str = MAIN

    @property
    def live(self) -> LiveCourse:
        """The course."""
        return self.world.live(self.slug)

    @property
    def number(self) -> int:
        """The member."""
        return self.world.number(self.key)

    def do(self, at: datetime) -> None:
        """Read the lesson and say so."""
        record_result(
            self.world.session,
            member_id=self.number,
            course_slug=self.slug,
            lesson_key=self.lesson.key,
            state=LessonState.DONE,
            score=None,
            edition=self.live.edition_number,
            now=at,
        )

    def reply(self, at: datetime) -> None:
        """Nobody answers to reading."""


def _has_open(questions: Iterable[Question]) -> bool:
    return any(isinstance(each, OpenQuestion) for each in questions)


@dataclass(frozen=True, slots=True)
class Try(Deed):
    """An attempt at a quiz that misses so many questions."""

    misses: int = 0
    marked: bool = True

    def do(self, at: datetime) -> None:
        """Begin, answer, hand in a quarter of an hour later."""
        quiz, session = self.lesson.quiz, self.world.session
        if quiz is None:
            return
        attempt = quizzes.start(
            session, member_id=self.number, live=self.live, lesson=self.lesson, quiz=quiz, now=at - SITTING
        )
        attempt.seed = self._seed(quiz)
        case = case_of(session, attempt)
        answers = answers_to(case.paper.questions, misses=self.misses, text=text("answers", self.turn))
        quizzes.hand_in(session, case=case, answers=answers, now=at)

    def _seed(self, quiz: Quiz) -> str:
        """The first seed by which an open question is drawn where there is one: trainers of the demo have work."""
        turn = 0
        while True:
            words = f"{self.key} {self.turn} {self.lesson.key} {self.misses} {turn}"
            seed = hashlib.sha256(words.encode()).hexdigest()[: 2 * SEED_BYTES]
            if not _has_open(quiz.questions) or _has_open([each.question for each in draw(quiz, seed)]):
                return seed
            turn += 1

    def reply(self, at: datetime) -> None:
        """The trainer marks what waits in the newest attempt."""
        attempts = quiz_queries.attempts_of(self.world.session, self.number, self.slug, self.lesson.key)
        for row in quiz_queries.answers_of(self.world.session, attempts[-1].id).values():
            if self.marked and row.waiting_since is not None:
                self._mark(attempts[-1], row.id, at)

    def _mark(self, attempt: Attempt, answer_id: int, at: datetime) -> None:
        found = quiz_queries.submitted(self.world.session, answer_id)
        if found is None:
            return
        open_answers.give_marks(
            self.world.session,
            submitted=found,
            percent=BEST - STEP * (self.turn % SPREAD),
            comment=text("comments", self.turn),
            version=found.row.version,
            by=self.world.actor("trainer"),
            url=self._result_url(attempt.number),
            now=at,
        )

    def _result_url(self, number: int) -> str:
        module, lesson = self.lesson.module, self.lesson.slug
        return url_for("quizzes.result", slug=self.slug, module=module, lesson=lesson, number=number)


@dataclass(frozen=True, slots=True)
class HandIn(Deed):
    """A version of a task (from 0) and what becomes of it; the course asks for a map first and for plans later."""

    version: int = 0
    verdict: str = PASSED
    later: bool = False

    def do(self, at: datetime) -> None:
        """Write, and hand in unless it stays a draft."""
        if self.lesson.task is None:
            return
        session, standing = self.world.session, standing_of(self.world.session, self.number, self.slug)
        due = dues.due_of(self.live, self.lesson.key, self.number, standing)
        desk = Desk(self.number, self.live, self.lesson, self.lesson.task, due)
        if self.verdict == DRAFT:
            tasks.save_draft(session, desk=desk, text=self._text(), now=at)
        else:
            tasks.hand_in(session, desk=desk, text=self._text(), now=at, change=self._drawn())

    def _drawn(self) -> Change:
        """Some put a drawing beside their words."""
        if self.turn % WITH_FILE or self.version or self.later:
            return NO_CHANGE
        parcel = Parcel("map.png", "image/png", map_of_a_lake(self.turn))
        uploads.store_bytes(parcel, self.number)
        return Change(parcel)

    def _text(self) -> str:
        # A second version is another text: somebody who was asked to think again did.
        return text("plans" if self.later else "tasks", self.turn + self.version)

    def reply(self, at: datetime) -> None:
        """The trainer marks the version, or sends it back."""
        task = self.lesson.task
        if task is None or self.verdict in {DRAFT, WAITING}:
            return
        session, lesson = self.world.session, self.lesson
        work = task_queries.versions_of(session, self.number, self.slug, lesson.key)[-1]
        remark, url = text(REMARKS[self.verdict], self.turn), lesson_url(self.slug, lesson)
        said = Judgement(self.world.actor("trainer"), remark, work.revision, url)
        handed = Handed(work, lesson, task)
        marking.keep_comment(session, course_slug=self.slug, text=remark, by=said.by.id, now=at)
        if self.verdict == RETURNED:
            settling.send_back(session, handed=handed, judgement=said, now=at)
        else:
            settling.give_marks(session, handed=handed, points=self._points(task), judgement=said, now=at)

    def _points(self, task: Task) -> dict[str, float]:
        if self.verdict == NOT_YET:
            return {each.id: reached(each, each.points // 2) for each in task.rubric}
        lost = self.turn % len(task.rubric)
        return {each.id: reached(each, each.points - (place == lost)) for place, each in enumerate(task.rubric)}


@dataclass(frozen=True, slots=True)
class Decide(Deed):
    """A scenario, gone through to one of its ends; each chooses in their own way, and nobody walks in circles."""

    def do(self, at: datetime) -> None:
        """Choose in scene after scene, and say that the story is over."""
        scenes = story(self.lesson.texts[self.lesson.language].scenes)
        stage = Stage(self.number, self.slug, self.lesson.key, scenes)
        here, seen, place = next(iter(scenes.values())), set[str](), 0
        while here.choices and place < LONGEST_WALK:
            seen.add(here.id)
            new = [each for each in here.targets if each not in seen] or list(here.targets)
            target = new[(self.turn + place) % len(new)]
            scenarios.choose(self.world.session, stage=stage, place=place, target=target, now=at)
            here, place = scenes[target], place + 1
        if not here.choices:
            Deed.do(self, at)


def reached(criterion: Criterion, points: int) -> int:
    """So many points, or those of the best level that they reach."""
    return max((level.points for level in criterion.levels if level.points <= points), default=points)
