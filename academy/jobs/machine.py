"""The worker's machine: huey with a small file of its own. The work itself is rows in the database (docs/decisions)."""

import json
from functools import cached_property
from typing import Any, cast

from flask import Flask, current_app
from huey import SqliteHuey, crontab
from huey.registry import Message
from huey.serializer import Serializer

from academy import clock
from academy.jobs import running
from academy.jobs.registry import the_registry
from academy.settings import Settings

KEY = "academy.jobs.machine"
CONSUMER = {
    "workers": 2,
    "worker_type": "thread",
    "initial_delay": 0.2,
    "max_delay": 1.0,
    "scheduler_interval": 5,
    "graceful_signal": "TERM",
    "shutdown_timeout": 7,
}


class PlainSerializer(Serializer):
    """Calls are kept as JSON: a file that can be written must not become code that is run."""

    def _serialize(self, data: object) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> object:
        return Message(*json.loads(bytes(data)))


class Machine:
    """What web processes call the worker with, and what the worker runs. Nothing is opened before it is used."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._app = app
        self._file = settings.instance / "jobs.db"

    @cached_property
    def huey(self) -> Any:  # noqa: ANN401  huey brings no types
        """The queue of calls: not synced, for losing it loses nothing; no WAL, for it uses the system's own SQLite."""
        return SqliteHuey(
            "academy",
            filename=str(self._file),
            journal_mode="truncate",
            fsync=False,
            results=False,
            serializer=PlainSerializer(),
        )

    @cached_property
    def pump(self) -> Any:  # noqa: ANN401
        """Call the worker to empty the outbox of this name."""
        return self.huey.task(name="pump")(self._pump)

    @cached_property
    def job(self) -> Any:  # noqa: ANN401
        """Call the worker to do the job with this number."""
        return self.huey.task(name="job")(self._job)

    def run(self) -> None:
        """Be the worker until a signal says stop."""
        self.huey.periodic_task(crontab(), name="tick")(self._tick)
        consumer = self.huey.create_consumer(**CONSUMER)
        self._tick()
        consumer.run()

    def _tick(self) -> None:
        with self._app.app_context():
            running.tick(clock.now())
            names = tuple(the_registry().pumps)
        for name in (*names, running.PUMP):
            self.pump(name)

    def _pump(self, name: str) -> None:
        with self._app.app_context():
            if name != running.PUMP:
                the_registry().pumps[name](clock.now())
                return
            for job_id in running.due(clock.now()):
                self.job(job_id)

    def _job(self, job_id: int) -> None:
        with self._app.app_context():
            running.run(job_id, clock.now())


def the_machine() -> Machine:
    """The machine of the application at hand."""
    return cast("Machine", current_app.extensions[KEY])
