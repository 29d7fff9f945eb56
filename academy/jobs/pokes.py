"""Wake the worker once something is committed; without it the worker looks by itself every minute."""

from dataclasses import dataclass

from flask import g

from academy import db
from academy.current import the_settings
from academy.jobs import bell


@dataclass(frozen=True, slots=True)
class Poke:
    """A call to the worker to empty one outbox now."""

    outbox: str

    def __call__(self) -> None:
        """Call; what is committed stays safe if no worker listens."""
        bell.ring(the_settings().instance, self.outbox)


def after_commit(outbox: str) -> None:
    """Call the worker once the transaction at hand is committed, once however often it is asked for."""
    poke = Poke(outbox)
    if poke not in g.get("after_commit", []):
        db.after_commit(poke)
