"""What a new course, module or lesson begins with: a good skeleton in the language it will be written in. Pure.

`_` says a sentence in that language.
"""

from collections.abc import Callable

from courses.authoring.front import Value, with_keys
from courses.catalogue.content import Kind

Say = Callable[[str], str]
EMPTY = "---\n---\n"
PASS, ATTEMPTS, POINTS = 75, 3, 10


def course_files(*, title: str, summary: str, language: str, level: str, hours: int, _: Say) -> dict[str, bytes]:
    """The files of a new course: its page, one module with an opening lesson, a check and a task."""
    module = "01-first-steps"
    front: dict[str, Value | None] = {
        "title": title,
        "summary": summary,
        "language": language,
        "level": level,
        "hours": hours,
        "outcomes": [_("Say here, beginning with a verb, what a learner can do afterwards")],
        "enrolment": "open",
        "status": "draft",
        "completion": {"lessons": 100, "quizzes": PASS, "tasks": "all", "sessions": 0},
        "certificate": {"title": _("Certificate of Completion"), "participation": False},
    }
    body = _("Say in a few sentences whom this course is for, what it asks and what it gives.")
    texts = {
        "course.md": with_keys(EMPTY, front) + f"{body}\n",
        f"{module}/module.md": module_text(_("First steps"), _("What this module is about, in one sentence.")),
        f"{module}/01-opening.md": lesson_text(Kind.READING, _("Opening question"), _),
        f"{module}/02-check.md": lesson_text(Kind.QUIZ, _("Check what you know"), _),
        f"{module}/03-task.md": lesson_text(Kind.TASK, _("Your turn"), _),
    }
    return {path: text.encode() for path, text in texts.items()}


def module_text(title: str, summary: str = "") -> str:
    """A module's own file."""
    return with_keys(EMPTY, {"title": title, "summary": summary or None})


def guide_text(course: str, _: Say) -> str:
    """The guide of a course with this title, with hints at what helps whoever runs a session of it."""
    front: dict[str, Value | None] = {
        "title": _("A guide to “%(course)s”") % {"course": course},
        "summary": _("How to run the sessions of this course, step by step."),
    }
    parts = (
        (_("Before the first session"), _("Say whom to expect, what they have read, and what the room needs.")),
        (_("A session for the first module"), _("Say what happens minute by minute, and what the group works on.")),
        (_("Hard conversations"), _("Say what may come up, and how to lead it without hurting anybody.")),
        (_("How to mark the work"), _("Give short samples: one that passes, one that does not, and why.")),
    )
    return with_keys(EMPTY, front) + "\n\n".join(f"## {title}\n\n{words}" for title, words in parts) + "\n"


def lesson_text(kind: Kind, title: str, _: Say) -> str:
    """A lesson of some kind that the reader takes as it stands, with hints at what belongs where."""
    front: dict[str, Value | None] = {"kind": None if kind is Kind.READING else kind.value, "title": title}
    return with_keys(EMPTY, {**front, **_settings(kind, _)}) + _BODIES.get(kind, _reading)(_)


def _settings(kind: Kind, _: Say) -> dict[str, Value | None]:
    if kind is Kind.QUIZ:
        return {"pass": PASS, "attempts": ATTEMPTS, "shuffle": True}
    if kind is Kind.TASK:
        criterion: dict[str, Value] = {
            "id": "reasons",
            "title": _("Reasons"),
            "points": POINTS,
            "text": _("Every claim has a reason, and every reason a source."),
        }
        return {"words": 300, "pass": 60, "rubric": [criterion]}
    return {"summary": _("What this lesson is about, in one sentence.")}


def _reading(_: Say) -> str:
    can = _("Say what one can do after this lesson, beginning with a verb.")
    question, ask = _("Begin with a question"), _("Ask something that the learner can answer from their own life.")
    known, explain = _("What is known"), _("Explain it, with an example that really happened.")
    short, remember = _("In short"), _("Three or four sentences to remember.")
    source = _("Where this comes from: a document, a page, a date.")
    aims, opening = f"!!! aims\n    - {can}", f"## {question}\n\n{ask}"
    return f"{aims}\n\n{opening}\n\n## {known}\n\n{explain}[^1]\n\n## {short}\n\n- {remember}\n\n[^1]: {source}\n"


def _quiz(_: Say) -> str:
    prompt, afterwards = _("Which of these is right?"), _("Shown to everyone after the attempt.")
    right, why = _("The right answer"), _("Why it is right.")
    wrong, why_wrong = _("An answer that is tempting but wrong"), _("Why it is wrong, and where to read again.")
    options = f"- [x] {right}\n  > {why}\n- [ ] {wrong}\n  > {why_wrong}\n"
    return f"## {prompt} {{#first}}\n\n{options}\n> {afterwards}\n"


def _task(_: Say) -> str:
    asked = _("Say what to do, for whom it is written, how long it should be, and what a good work looks like.")
    return f"{asked}\n"


def _scenario(_: Say) -> str:
    begin, told = _("How it begins"), _("Say where the learner is, who they are and what has just happened.")
    first, second = _("Telephone at once"), _("Wait until morning")
    follows, later = _("What follows from it, told to whoever chose it."), _("What follows from the other choice.")
    good, bad = _("A quiet end"), _("A hard end")
    end, debrief = _("How it ends on this way."), _("What this was about")
    meant = _("What the choices were about, and where to read more.")
    ways = f"- [{first}](#quiet)\n  > {follows}\n- [{second}](#hard)\n  > {later}\n"
    ends = f"## {good} {{#quiet}}\n\n{end}\n\n## {bad} {{#hard}}\n\n{end}\n"
    return f"## {begin} {{#beginning}}\n\n{told}\n\n{ways}\n{ends}\n## {debrief} {{#debrief}}\n\n{meant}\n"


_BODIES: dict[Kind, Callable[[Say], str]] = {
    Kind.QUIZ: _quiz,
    Kind.TASK: _task,
    Kind.SCENARIO: _scenario,
    Kind.SESSION: _task,
}
