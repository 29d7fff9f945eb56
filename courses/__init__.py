"""What is taught, who takes it, and how far they are."""

from flask import Flask

from courses.authoring import setup as authoring
from courses.catalogue import setup as catalogue
from courses.certificates import setup as certificates
from courses.cohorts import views as cohorts
from courses.credentials import setup as credentials
from courses.demo import setup as demo
from courses.enrolment import views as enrolment
from courses.exchange import setup as exchange
from courses.guides import setup as guides
from courses.home import setup as home
from courses.lessons import setup as lessons
from courses.marking import setup as marking
from courses.progress import setup as progress
from courses.publishing import setup as publishing
from courses.questions import setup as questions
from courses.quizzes import setup as quizzes
from courses.release import setup as release
from courses.scenarios import setup as scenarios
from courses.shares import setup as shares
from courses.tasks import setup as tasks
from courses.teaching import setup as teaching
from courses.translating import setup as translating

FEATURES = (
    catalogue,
    authoring,
    publishing,
    translating,
    exchange,
    guides,
    cohorts,
    enrolment,
    progress,
    release,
    lessons,
    quizzes,
    tasks,
    scenarios,
    questions,
    marking,
    credentials,
    shares,
    certificates,
    teaching,
    home,
    demo,
)
"""The lowest first."""


def init_app(app: Flask) -> None:
    """Add every feature of this package to the application."""
    for feature in (cohorts, enrolment):
        app.register_blueprint(feature.bp)
    for feature in FEATURES:
        feature.init_app(app)
