"""What is kept of everybody, made anew: after the rules by which profiles are indexed have changed."""

from collections.abc import Iterator

from academy import db
from alumni.directory import queries, service

INDEXING = 1
"""Which rules these are. Raise it with every change of what the index holds: the worker then renews it once."""
AT_ONCE = 100


def renewed() -> Iterator[int]:
    """Make everything anew, some people in each transaction; yields how many are done. To break off does no harm."""
    last, done = 0, 0
    while True:
        with db.the_database().transaction() as session:
            numbers = queries.members_after(session, last, AT_ONCE)
            service.refresh(session, numbers)
        if not numbers:
            return
        last, done = numbers[-1], done + len(numbers)
        yield done
