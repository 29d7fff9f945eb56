"""The worker: it sleeps until it is called or a minute is over, then does what waits in the database."""

import logging
import time
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

from flask import Flask

from academy import clock
from academy.jobs import running
from academy.jobs.bell import Bell
from academy.jobs.registry import the_registry

log = logging.getLogger("academy.jobs")
LOOK_EVERY = 60.0
AT_ONCE = 2  # a slow mail server must not hold up everything else
PATIENCE = 7.0
TICK = "tick"
Task = str | int
"""The tick, the name of an outbox, or the number of a job."""


class Machine:
    """What runs in the worker; it stays on its feet whatever a task does: failures are logged, and tried again."""

    def __init__(self, app: Flask, instance: Path, *, patience: float = PATIENCE) -> None:
        self._app, self._bell, self._patience = app, Bell(instance), patience
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._wanted: set[Task] = set()
        self._busy: dict[Task, Future[Collection[Task]]] = {}
        self._stopping = False

    def run(
        self,
        beat: Callable[[], None] = lambda: None,
        every: float = LOOK_EVERY,
        tired: Callable[[], bool] = lambda: False,
    ) -> bool:
        """Work until `stop`; says whether everything that was begun could be ended in time.

        Meanwhile `beat` is called now and then, at least once in `every` seconds. Whenever all that waited is done,
        `tired` says whether to end here.
        """
        next_tick = time.monotonic()
        while not self._stopping:
            beat()
            if time.monotonic() >= next_tick:
                next_tick = time.monotonic() + LOOK_EVERY
                self._wanted.add(TICK)
            ended = self._settle()
            self._begin()
            if ended and not self._busy and tired():
                break
            self._wanted.update(self._bell.wait(min(every, next_tick - time.monotonic())))
        self._pool.shutdown(wait=False, cancel_futures=True)
        left = wait(self._busy.values(), timeout=self._patience).not_done
        return not left

    def stop(self) -> None:
        """End soon; from a signal or another thread."""
        self._stopping = True
        self._bell.wake()

    def _begin(self) -> None:
        for task in self._wanted - self._busy.keys():
            self._wanted.discard(task)
            self._busy[task] = self._pool.submit(self._do, task)
            self._busy[task].add_done_callback(lambda _done: self._bell.wake())

    def _settle(self) -> bool:
        """Take note of what has ended; says whether something has."""
        ended = [task for task, each in self._busy.items() if each.done()]
        for task in ended:
            done = self._busy.pop(task)
            error = done.exception()
            if error is None:
                self._wanted.update(done.result())
            else:
                log.error("A task of the worker failed: %s", task, exc_info=error)
        return bool(ended)

    def _do(self, task: Task) -> Collection[Task]:
        """Do one thing; returns what is to be done next."""
        now = clock.now()
        with self._app.app_context():
            if isinstance(task, int):
                running.run(task, now)
                return ()
            if task == TICK:
                running.tick(now)
                return (*the_registry().pumps, running.PUMP)
            if task == running.PUMP:
                return running.due(now)
            the_registry().pumps[task](now)
            return ()
