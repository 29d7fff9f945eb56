"""How a learner goes through a course on a phone, lesson by lesson, and a trainer marks what they hand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page

from courses.catalogue.content import Course, Kind, Lesson
from courses.catalogue.questions import OpenQuestion
from tests.e2e.answering import ESSAY, answer_all
from tests.e2e.people import press
from tests.e2e.watch import Watch

NEXT = "nav.pager a[rel=next]"
CHOICE = "button.scene-choice"


@dataclass
class Study:
    """One learner, one course, one phone. `language` is the phone's, `axe` says whether pages are tried with it."""

    page: Page
    course: Course
    language: str
    watch: Watch
    scripts: bool
    failed_one: bool = False

    def step(self, name: str) -> None:
        """Take a picture of where the learner is."""
        self.watch.step(self.page, name, axe=self.scripts)

    def enrol(self) -> None:
        """From the first page after signing in, by the catalogue, into the course."""
        course = f"/courses/{self.course.slug}/"
        self.step("my learning without a course")
        press(self.page, "main a[href='/courses/']")
        self.step("catalogue")
        press(self.page, f"main a[href='{course}']")
        self.step("course before enrolling")
        press(self.page, f"main a[href='{course}enrol']")
        self.step("enrol")
        press(self.page)

    def walk(self, lessons: Sequence[Lesson] = ()) -> None:
        """Do these lessons (all, if none are given) in their order, as the pages lead on from the first."""
        for lesson in lessons or self.course.lessons:
            assert urlsplit(self.page.url).path == f"/courses/{self.course.slug}/{lesson.key}/"
            self._do(lesson)

    def _do(self, lesson: Lesson) -> None:
        self.step(f"lesson {lesson.key}")
        if lesson.kind is Kind.QUIZ:
            self._take(lesson)
        elif lesson.kind is Kind.TASK:
            self._write()
        elif lesson.kind is Kind.SCENARIO:
            self._decide()
        else:
            press(self.page, "form[action$='/done'] button")
            return
        self.page.goto(f"/courses/{self.course.slug}/{lesson.key}/")
        if self.page.locator(NEXT).count():
            press(self.page, NEXT)

    def _take(self, lesson: Lesson) -> None:
        press(self.page, "form[action$='/attempt'] button")
        if not self.failed_one:
            self._fail()
        self.step(f"attempt at {lesson.key}")
        answer_all(self.page, lesson.text(self.language).questions, scripts=self.scripts)
        self.step(f"answers to {lesson.key}")
        press(self.page)
        self.step(f"result of {lesson.key}")
        waits = any(self.page.locator("textarea, .feedback-waiting").all())
        assert waits or self.page.locator(".notice-done").count() == 1

    def _fail(self) -> None:
        """Hand in an empty paper, read the result, and begin again from there."""
        self.failed_one = True
        press(self.page)
        self.step("result of an empty paper")
        assert self.page.locator(".notice-done").count() == 0
        press(self.page, "form[action$='/attempt'] button")

    def _write(self) -> None:
        self.page.locator("[name=text]").fill(f"{ESSAY}\n\n- the upper village\n- the lower village\n")
        self.step("task written")
        press(self.page, "form[action$='/hand-in'] button.button-main")
        self.step("task handed in")

    def _decide(self) -> None:
        """Choose the first way in each scene until the story ends."""
        while self.page.locator(CHOICE).count():
            press(self.page, CHOICE)
        self.step("end of the story")

    def look_at_what_is_left(self, name: str) -> int:
        """Open the course page; returns how many lines of the checklist are open."""
        self.page.goto(f"/courses/{self.course.slug}/")
        self.step(name)
        return self.page.locator("#checklist .checklist-open").count()


WAITING = "main a[href*='/marking/answers/'], main a[href*='/marking/tasks/']"


def mark_everything(page: Page, course: Course, watch: Watch, *, axe: bool) -> int:
    """A trainer marks all that waits, with most of the points; returns how much it was."""
    marked = 0
    page.goto("/teach/marking")
    watch.step(page, "work that waits", axe=axe)
    while page.locator(WAITING).count():
        press(page, WAITING)
        watch.step(page, f"marking {marked + 1}", axe=axe)
        _give_marks(page, course)
        page.goto("/teach/marking")
        marked += 1
    return marked


def work_in(course: Course) -> int:
    """How much a trainer has to mark for one learner: every task, and every open question of the quizzes."""
    quizzes = [lesson.quiz for lesson in course.lessons if lesson.quiz]
    asked = sum(isinstance(each, OpenQuestion) for quiz in quizzes for each in quiz.questions)
    return asked + sum(lesson.task is not None for lesson in course.lessons)


def _give_marks(page: Page, course: Course) -> None:
    if page.locator("[name=percent]").count():
        page.locator("[name=percent]").fill("90")
    else:
        (task,) = (lesson.task for lesson in course.lessons if lesson.task)
        for place, criterion in enumerate(task.rubric):
            points = page.locator(f"[name=points_{place}]")
            if criterion.levels:
                points.and_(page.locator(f"[value='{criterion.points}']")).check()
            else:
                points.fill(str(criterion.points))
    page.locator("[name=comment]").fill("Clear and fair. Say more about those who were not in the room.")
    press(page, "form:has([name=comment]) button.button-main")
