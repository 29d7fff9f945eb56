"""What several do at the same moment."""

import threading
from collections.abc import Callable

from flask import Flask
from sqlalchemy.orm import Session

from academy.errors import DomainError

Act = Callable[[Session], object]


def at_once(app: Flask, *acts: Act) -> list[str]:
    """Do each of these in a transaction of its own at the same moment; what refused which, '' for none."""
    gate, refusals = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Act) -> None:
        with app.test_request_context():
            gate.wait()
            try:
                with app.extensions["academy.database"].transaction() as own:
                    act(own)
            except DomainError as refusal:
                refusals[place] = type(refusal).__name__

    crowd = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    return refusals
