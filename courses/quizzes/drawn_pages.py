"""The page of an open attempt and the page of its result, drawn from what is handed in here; previews use them too."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import render_template, url_for

from academy import db
from academy.i18n import current_code, language_of, reading_order
from academy.i18n import gettext as _
from courses.catalogue import library
from courses.catalogue.library import QuestionHtml
from courses.lessons.outline import lesson_url
from courses.quizzes import attempt_page, remark_words, result_page, rules, start_page
from courses.quizzes.answers import Answer
from courses.quizzes.cases import Case
from courses.quizzes.models import AnswerRow, Attempt, Remark
from courses.quizzes.rules import Next, Tries

Words = Mapping[str, QuestionHtml]


def words_of(case: Case) -> Words:
    """Every question of the quiz in the reader's language, as it was published."""
    return library.quiz_words(db.session, case.live, case.lesson.key, _languages(case))


def marked_words_of(case: Case) -> Words:
    """The same as they are marked: where a key was corrected, as the later edition says and explains them."""
    words, languages = dict(words_of(case)), _languages(case)
    for number in {each.edition for each in case.corrected.values()}:
        live = library.edition(db.session, case.live.slug, number)
        lessons = {name: each.lesson for name, each in case.corrected.items() if each.edition == number}
        key = next(iter(lessons.values())).key
        later = library.quiz_words(db.session, live, key, languages) if live else {}
        words |= {name: later[name] for name in lessons if name in later}
    return words


def url(view: str, attempt: Attempt) -> str:
    """The address of a page of an attempt."""
    module, _slash, lesson = attempt.lesson_key.partition("/")
    return url_for(f"quizzes.{view}", slug=attempt.course_slug, module=module, lesson=lesson, number=attempt.number)


def paper(case: Case, words: Words, answers: Mapping[str, Answer], now: datetime, errors: Mapping[str, str]) -> str:
    """The whole paper on one page, with what was saved filled in."""
    languages = _languages(case)
    return render_template(
        "courses/quizzes/attempt.html",
        attempt=case.attempt,
        text=case.lesson.text(*languages),
        course=case.live.course.text(*languages),
        lang=language_of(case.lesson.text(*languages).language),
        questions=attempt_page.asked(case.paper, answers, words, errors),
        answered=attempt_page.answered(case.paper, answers),
        errors=errors,
        left=rules.seconds_left(case.attempt, now),
        hand_in_url=url("hand_in", case.attempt),
        save_url=url("save", case.attempt),
        lesson_url=lesson_url(case.live.slug, case.lesson),
    )


def explained(
    case: Case, tries: Tries, rows: Mapping[str, AnswerRow], words: Words, remarks: Sequence[Remark] = ()
) -> str:
    """What was right, why, and where to reread."""
    languages = _languages(case)
    return render_template(
        "courses/quizzes/result.html",
        attempt=case.attempt,
        pass_mark=case.pass_mark,
        text=case.lesson.text(*languages),
        course=case.live.course.text(*languages),
        lang=language_of(case.lesson.text(*languages).language),
        questions=result_page.explained(case, rows, words, case.lesson.text(*languages)),
        history=remark_words.history(case, remarks),
        state=start_page.state_words(case.attempt),
        next_step=result_page.next_step(case, tries.left),
        following=_following(case),
        again=tries.next is Next.START,
        lesson_url=lesson_url(case.live.slug, case.lesson),
        start_url=_start_url(case),
    )


def _languages(case: Case) -> tuple[str, ...]:
    return (*reading_order(current_code()), case.live.course.language)


def _start_url(case: Case) -> str:
    return url_for("quizzes.start", slug=case.live.slug, module=case.lesson.module, lesson=case.lesson.slug)


def _following(case: Case) -> tuple[str, str]:
    """Title and address of what comes after the quiz: the next lesson, or the course page."""
    lessons = case.live.course.lessons
    place = [each.key for each in lessons].index(case.lesson.key) + 1
    if place == len(lessons):
        return _("Back to the course"), url_for("lessons.index", slug=case.live.slug)
    return lessons[place].text(*_languages(case)).title, lesson_url(case.live.slug, lessons[place])
