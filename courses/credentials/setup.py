"""What credentials add to the application: the worker's part, what the doctor looks at, commands, public documents."""

from datetime import datetime, timedelta

from flask import Flask

from academy import clock, db
from academy.jobs import registry
from academy.jobs.registry import Values
from academy.later import later
from academy.system import doctor
from courses.credentials import health, service
from courses.credentials.views import bp

HOUR = timedelta(hours=1)


def init_app(app: Flask) -> None:
    """Add credentials to the application being built."""
    app.register_blueprint(bp)
    registry.add_pump(service.OUTBOX, later("courses.credentials.jobs:pump"))
    registry.add_interval("credentials.look-around", _look_around, every=HOUR)
    doctor.add(_complaint)


def _look_around(_values: Values, now: datetime) -> None:
    later("courses.credentials.jobs:look_around")(now)


def _complaint() -> str:
    with db.the_database().reading() as session:
        return health.complaint(session, clock.now())
