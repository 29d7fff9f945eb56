"""Who may be given a certificate and who may see its sheet. Pure: no database, no web."""

import hmac
from dataclasses import dataclass

from academy.people.actor import Actor
from courses.catalogue.content import Course, Kind
from courses.certificates.models import Certificate
from courses.cohorts.models import Cohort
from courses.progress.rules import Checklist, Item, ItemState, Tier, pass_mark
from courses.quizzes.folding import fold

SMALLEST_COHORT = 5
"""A cohort of fewer people is not named in public: its year alone could point at a person."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who takes a course, as far as a certificate is concerned."""

    member_id: int
    display_name: str
    legal_name: str
    language: str
    second_name: str
    confirmed: bool
    """Whether they looked at the name, as it would be printed now, and agreed to it."""
    checklist: Checklist
    cohort: Cohort | None = None
    certificate: Certificate | None = None
    withdrawn: Certificate | None = None
    """The latest certificate that was taken from them for good, not to be replaced by another."""

    def eligible(self, tier: Tier) -> bool:
        """Whether they earned this tier and said how their name is written, and nothing stands or was taken away."""
        free = self.certificate is None and self.withdrawn is None
        return free and bool(self.legal_name) and self.checklist.reached(tier)

    def needs_exception(self, tier: Tier) -> bool:
        """Whether only a written reason gives them this tier: something is open, or one was withdrawn."""
        return self.withdrawn is not None or not self.checklist.reached(tier)


def tiers_of(course: Course) -> tuple[Tier, ...]:
    """The certificates that a course gives, the higher first; none if it gives none."""
    if course.certificate is None:
        return ()
    return tuple(Tier) if course.certificate.participation else (Tier.COMPLETION,)


def lines_left(checklist: Checklist, tier: Tier) -> tuple[Item, ...]:
    """The lines of the checklist that keep somebody from this tier."""
    if checklist.reached(tier):
        return ()
    asked = (item for item in checklist.items if tier is Tier.COMPLETION or not item.assessed)
    return tuple(item for item in asked if item.state is not ItemState.DONE)


def how_checked(course: Course, checklist: Checklist, tier: Tier) -> dict[str, object]:
    """What was checked, in counts of what was really done; `quizzes` are the pass marks in per cent of those passed."""
    items = [item for item in checklist.items if tier is Tier.COMPLETION or not item.assessed]
    counts = {
        kind: sum(item.have for item in items if item.kind is kind) for kind in (Kind.READING, Kind.TASK, Kind.SESSION)
    }
    passed = [item.lesson for item in items if item.kind is Kind.QUIZ and item.state is ItemState.DONE]
    return {
        "lessons": counts[Kind.READING],
        "quizzes": [pass_mark(course, lesson) for lesson in passed if lesson is not None],
        "tasks": counts[Kind.TASK],
        "sessions": counts[Kind.SESSION],
    }


def may_print(actor: Actor, certificate: Certificate) -> bool:
    """Whether somebody may have the sheet: its holder while it is valid, and admins."""
    return actor.is_admin or is_holder(actor, certificate)


def may_have_credential(actor: Actor | None, certificate: Certificate) -> bool:
    """Whether somebody may have what names the holder: everybody if the holder shows it, else those who may print."""
    return bool(certificate.shown_name) or (actor is not None and may_print(actor, certificate))


def is_holder(actor: Actor | None, certificate: Certificate) -> bool:
    """Whether this certificate was given to whoever asks."""
    return actor is not None and certificate.member_id == actor.id


def same_name(written: str, typed: str) -> bool:
    """Whether two spellings are one name: case, accents, spaces, hyphens and apostrophes do not count."""
    ours, theirs = _bare(written), _bare(typed)
    return bool(ours) and hmac.compare_digest(ours.encode(), theirs.encode())


def _bare(name: str) -> str:
    return " ".join(fold(name).replace("'", "").replace("-", " ").split())


def name_may_be_asked(certificate: Certificate) -> bool:
    """Whether a name may be compared: the certificate stands, has a name, and does not show it anyway."""
    return certificate.valid and not certificate.shows_name and bool(certificate.holder_name)
