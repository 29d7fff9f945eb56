"""What earns the certificate, from the front matter of a course."""

from courses.catalogue.earning import CompletionRules
from courses.catalogue.reader.keys import Keys
from courses.catalogue.reader.tasks import all_or_part

COMPLETION = ("lessons", "quizzes", "tasks", "sessions")


def rules(course: Keys) -> CompletionRules:
    """What earns the certificate; the usual where nothing is said."""
    keys = course.section("completion", COMPLETION)
    if keys is None:
        return CompletionRules()
    return CompletionRules(
        lessons=keys.number("lessons", 0, 100, 100),
        quizzes=keys.number("quizzes", 0, 100, 75),
        tasks=all_or_part(keys),
        sessions=keys.number("sessions", 0, 100, 0),
    )
