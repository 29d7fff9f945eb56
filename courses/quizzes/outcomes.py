"""What other keys make of an attempt, before anything is written: nobody's pass is taken away."""

from collections.abc import Mapping
from dataclasses import dataclass

from courses.quizzes.cases import Case
from courses.quizzes.models import AnswerRow


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the new key makes of an attempt: the score by it alone, what passes, and the result with what is kept."""

    alone: int
    needed: int
    score: int
    passed: bool | None
    passed_before: bool | None
    before: int

    @property
    def gained(self) -> bool:
        """Whether it passes now and did not before."""
        return bool(self.passed) and not self.passed_before

    @property
    def kept(self) -> bool:
        """Whether it passed, and the new key alone would give less."""
        return bool(self.passed_before) and self.alone < self.score

    @property
    def loses_pass(self) -> bool:
        """Whether it would not pass any more by the new key alone."""
        return bool(self.passed_before) and self.alone < self.needed

    @property
    def changed(self) -> bool:
        """Whether its learner has another result."""
        return (self.score, bool(self.passed)) != (self.before, bool(self.passed_before))


def outcome(case: Case, rows: Mapping[str, AnswerRow]) -> Outcome:
    """What the keys of a case make of its attempt, whichever mark it now; nothing is written."""
    attempt, marks = case.attempt, case.marks(rows)
    before = attempt.score or 0
    score = max(marks.score, before if attempt.passed else 0, attempt.kept_score or 0)
    passed = score >= case.pass_mark or (None if marks.waiting else False)
    return Outcome(marks.score, case.pass_mark, score, passed, attempt.passed, before)
