"""Wake the worker once something is committed; without it the worker looks by itself every minute."""

import logging
import sqlite3
from dataclasses import dataclass

from flask import g

from academy import db
from academy.jobs.machine import the_machine

log = logging.getLogger("academy.jobs")


@dataclass(frozen=True, slots=True)
class Poke:
    """A call to the worker to empty one outbox now."""

    pump: str

    def __call__(self) -> None:
        """Call; what is committed stays safe if the worker cannot be called."""
        try:
            the_machine().pump(self.pump)
        except (sqlite3.Error, OSError):
            log.warning("The worker could not be called; it will look by itself within a minute.")


def after_commit(pump: str) -> None:
    """Call the worker once the transaction at hand is committed, once however often it is asked for."""
    poke = Poke(pump)
    if poke not in g.get("after_commit", []):
        db.after_commit(poke)
