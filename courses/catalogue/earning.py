"""What earns the certificate of a course, as plain frozen data: part of what `content.py` describes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CompletionRules:
    """What earns the certificate, all in per cent.

    `lessons`: of lessons done; `quizzes`: the pass mark of a quiz that names none; `tasks`: of tasks passed;
    `sessions`: of sessions attended or made up.
    """

    lessons: int = 100
    quizzes: int = 75
    tasks: int = 100
    sessions: int = 0


@dataclass(frozen=True, slots=True)
class CertificateTerms:
    """What a course's certificates are; `participation`: a second one for taking part; `months`: 0 is without end."""

    title: str
    participation: bool
    months: int = 0
