"""Front matter as forms: each field stands for one key; what nobody changed is not written."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from academy.web.forms import Form, LineField, ProseField, said
from courses.authoring.front import Value
from courses.catalogue.content import Admission, Kind
from courses.catalogue.questions import HandIn
from courses.catalogue.reader.lessons import LONGEST_TITLE
from courses.catalogue.words import LEVELS

Front = Mapping[str, Any]
LONGEST = 500
NUMBER = 12


class FrontForm(Form):
    """The keys that every file has. `keys` says which key each field stands for; "a.b" is key b below key a."""

    keys: ClassVar[Mapping[str, str]] = {"title": "title", "summary": "summary"}
    was = HiddenField()
    title = LineField(_l("Title"), most=LONGEST_TITLE)
    summary = LineField(_l("Summary in one sentence"), most=LONGEST, required=False)


OPENS: Mapping[str, str] = {f"opens_{name}": f"opens.{name}" for name in ("on", "days", "after")}


def opening_fields() -> tuple[LineField, LineField, ProseField]:
    """The fields for when something opens: the day, the days after joining, what comes first."""
    return (
        LineField(_l("Opens on a day such as 2027-03-01; empty means at once"), most=NUMBER, required=False),
        LineField(_l("Opens so many days after joining"), most=NUMBER, required=False),
        ProseField(
            _l("Opens after these lessons or modules, one a line"),
            most=4000,
            required=False,
            description=_l("Write “module/lesson” for a lesson, or the short name of a module for all of it."),
        ),
    )


class CourseForm(FrontForm):
    """A course."""

    keys = {  # noqa: RUF012  replaced, never changed
        **FrontForm.keys,
        "level": "level",
        "hours": "hours",
        "topics": "topics",
        "outcomes": "outcomes",
        "enrolment": "enrolment",
        "lessons": "completion.lessons",
        "quizzes": "completion.quizzes",
        "tasks": "completion.tasks",
        "sessions": "completion.sessions",
        "certificate": "certificate.title",
        "participation": "certificate.participation",
        "valid": "certificate.valid",
    }
    level = SelectField(_l("Level"), choices=[])
    hours = LineField(_l("Hours a learner needs"), most=NUMBER)
    topics = ProseField(_l("Topics, one a line"), most=LONGEST, required=False)
    outcomes = ProseField(
        _l("What a learner can do afterwards, one a line"),
        most=4000,
        description=_l("Begin each with a verb: explain, tell apart, draft."),
    )
    enrolment = SelectField(_l("Who gets a place"), choices=[])
    lessons = LineField(_l("Lessons to read, in per cent"), most=NUMBER, required=False)
    quizzes = LineField(_l("Pass mark of quizzes, in per cent"), most=NUMBER, required=False)
    tasks = LineField(_l("Tasks to pass: all, none or a number of per cent"), most=NUMBER, required=False)
    sessions = LineField(_l("Live sessions to attend, in per cent"), most=NUMBER, required=False)
    certificate = LineField(_l("Name of the certificate"), most=LONGEST_TITLE, required=False)
    participation = BooleanField(_l("A second certificate for taking part without the assessments"))
    valid = LineField(
        _l("For how long a certificate counts, such as “24 months”; empty means without end"),
        most=NUMBER,
        required=False,
    )

    def offer(self) -> None:
        """Let levels and ways to a place be chosen in the reader's language."""
        self.level.choices = [SelectChoice(level, str(name)) for level, name in LEVELS.items()]
        self.enrolment.choices = [SelectChoice(way, str(name)) for way, name in WAYS.items()]


class ModuleForm(FrontForm):
    """A module; when it opens holds for all its lessons."""

    keys = {**FrontForm.keys, **OPENS}  # noqa: RUF012
    opens_on, opens_days, opens_after = opening_fields()


class LessonForm(FrontForm):
    """A lesson to read."""

    keys = {**FrontForm.keys, "preview": "preview", **OPENS}  # noqa: RUF012
    preview = BooleanField(_l("Visitors may read this lesson; one lesson of a course at most"))
    opens_on, opens_days, opens_after = opening_fields()


class QuizForm(FrontForm):
    """A quiz."""

    keys = {  # noqa: RUF012
        **FrontForm.keys,
        **{name: name for name in ("attempts", "draw", "shuffle", "minutes")},
        "pass_mark": "pass",
        **OPENS,
    }
    pass_mark = LineField(_l("Pass mark in per cent"), most=NUMBER, required=False)
    attempts = LineField(_l("Attempts; 0 is without limit"), most=NUMBER, required=False)
    draw = LineField(_l("Questions drawn at random; empty means all"), most=NUMBER, required=False)
    minutes = LineField(_l("Minutes; empty means without limit"), most=NUMBER, required=False)
    shuffle = BooleanField(_l("Mix questions and options for each attempt"))
    opens_on, opens_days, opens_after = opening_fields()


class TaskForm(FrontForm):
    """A task."""

    keys = {  # noqa: RUF012
        **FrontForm.keys,
        **{name: name for name in ("words", "hand_in", "due", "grace", "late", "resubmit", "blind", "second_marker")},
        "pass_mark": "pass",
        "peers": "peers",
        **OPENS,
    }
    words = LineField(_l("About how many words"), most=NUMBER, required=False)
    pass_mark = LineField(_l("Pass mark in per cent of the points"), most=NUMBER, required=False)
    hand_in = SelectField(_l("What is handed in"), choices=[])
    due = LineField(_l("Due: a day such as 2026-12-15, or “14 days” after joining"), most=NUMBER, required=False)
    grace = LineField(_l("Grace, such as “2 days”"), most=NUMBER, required=False)
    late = SelectField(_l("After that"), choices=[])
    resubmit = LineField(_l("How often it may be handed in again"), most=NUMBER, required=False)
    peers = LineField(_l("How many learners read each work; empty means none"), most=NUMBER, required=False)
    blind = BooleanField(_l("Markers do not see names until it is marked"))
    second_marker = BooleanField(_l("A second person marks as well"))
    opens_on, opens_days, opens_after = opening_fields()

    def offer(self) -> None:
        """Let what is handed in, and what happens to late work, be chosen."""
        self.hand_in.choices = [SelectChoice(way, str(name)) for way, name in HANDED.items()]
        self.late.choices = [SelectChoice(way, str(name)) for way, name in LATE.items()]


WAYS: Mapping[str, Text] = {
    Admission.OPEN: _l("Everyone"),
    Admission.CODE: _l("Whoever has a code"),
    Admission.APPROVAL: _l("Whoever asks and is admitted"),
}
HANDED: Mapping[str, Text] = {
    HandIn.TEXT: _l("A text"),
    HandIn.FILE: _l("Files"),
    HandIn.BOTH: _l("A text and files"),
}
LATE: Mapping[str, Text] = {"accept": _l("It is taken and marked as late"), "refuse": _l("It is no longer taken")}
BY_KIND: Mapping[str, type[FrontForm]] = {Kind.QUIZ: QuizForm, Kind.TASK: TaskForm}
LISTS = frozenset({"topics", "outcomes", "opens_after"})
ONE_OR_MANY = frozenset({"opens_after"})
SMALL_NUMBERS = 6


def form_class(path: str, front: Front) -> type[FrontForm]:
    """The form for a file: by its name and its kind. A translation has words alone, the original its settings."""
    name = path.rpartition("/")[2]
    if name == "course.md":
        return CourseForm
    if name == "module.md":
        return ModuleForm
    if name.startswith(("course.", "module.", "guide.")) or name.count(".") > 1:
        return FrontForm
    return BY_KIND.get(str(front.get("kind", "")), LessonForm)


def data_of(form: type[FrontForm], front: Front) -> dict[str, Any]:
    """What the fields hold for a front matter."""
    found = {field: _at(front, key) for field, key in form.keys.items()}
    return {field: _shown(value) for field, value in found.items() if value is not None}


def changes_of(form: FrontForm, front: Front) -> dict[str, Value | None]:
    """The keys that have to be written; a section is written whole when something in it changed."""
    changed: dict[str, Value | None] = {}
    before = data_of(type(form), front)
    for field, key in form.keys.items():
        typed = form[field].data if isinstance(form[field], BooleanField) else said(form[field]).strip()
        if typed == before.get(field, False if isinstance(typed, bool) else "") or _is_usual(form, field, before):
            continue
        value = _written(typed, in_list=field in LISTS)
        if field in ONE_OR_MANY and isinstance(value, list) and len(value) == 1:
            value = value[0]
        section, dot, name = key.partition(".")
        if dot:
            there = changed[section] if section in changed else front.get(section)
            kept = {**there} if isinstance(there, Mapping) else {}
            left = {each: known for each, known in {**kept, name: value}.items() if known is not None}
            changed[section] = left or None
        else:
            changed[key] = value
    return changed


def _is_usual(form: FrontForm, field: str, before: Mapping[str, Any]) -> bool:
    """Whether a choice that was never written still stands at its first, which is what absence means."""
    chosen = form[field]
    if not isinstance(chosen, SelectField) or field in before:
        return False
    first = next(iter(chosen.iter_choices()), None)
    return first is not None and first[0] == chosen.data


def _at(front: Front, key: str) -> Any:  # noqa: ANN401  text, list or mapping
    section, dot, name = key.partition(".")
    found = front.get(section)
    if not dot:
        return found
    return found.get(name) if isinstance(found, Mapping) else None


def _shown(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return "\n".join(str(each) for each in value)
    text = str(value)
    return text.lower() in {"true", "yes"} if text.lower() in {"true", "false", "yes", "no"} else text


def _written(typed: str | bool, *, in_list: bool) -> Value | None:
    if isinstance(typed, bool):
        return typed
    if in_list:
        return [line.strip() for line in typed.split("\n") if line.strip()] or None
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= SMALL_NUMBERS else typed or None
