"""What a learner reads about an attempt that was marked again."""

from collections.abc import Sequence

from babel.lists import format_list

from academy.i18n import current_locale, long_date, ngettext, number, percent
from academy.i18n import gettext as _
from courses.quizzes.cases import Case
from courses.quizzes.models import Remark


def history(case: Case, remarks: Sequence[Remark]) -> list[str]:
    """When it was marked again, why, and what became of the result: a few sentences for each time."""
    places = {sheet.question.id: place for place, sheet in enumerate(case.paper.sheets, start=1)}
    return [" ".join((_why(each, places), _became(each))) for each in remarks]


def _why(remark: Remark, places: dict[str, int]) -> str:
    numbers = sorted(places[name] for name in remark.questions.splitlines() if name in places)
    return ngettext(
        "Marked again on %(day)s, because the key of question %(questions)s was corrected.",
        "Marked again on %(day)s, because the keys of questions %(questions)s were corrected.",
        len(numbers),
        day=long_date(remark.marked_at),
        questions=format_list([number(place) for place in numbers], locale=current_locale()),
    )


def _became(remark: Remark) -> str:
    before, after = percent(remark.score_before), percent(remark.score_after)
    if remark.passed_after and not remark.passed_before:
        return _("Your score was %(before)s and is %(after)s now: you have passed.", before=before, after=after)
    if remark.score_before != remark.score_after:
        return _("Your score was %(before)s and is %(after)s now.", before=before, after=after)
    if remark.passed_before:
        return _("Your score stays %(after)s: what you passed stays passed.", after=after)
    return _("Your score stays %(after)s.", after=after)
