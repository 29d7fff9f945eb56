"""What all readers share: each entry of a file is put onto the stage, or it is a fault that says where and why."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from alumni.forum.exchange.entries import Entry
from alumni.forum.exchange.faults import Faults, Wrong
from alumni.forum.exchange.folder import Folder
from alumni.forum.exchange.staging import Stage

DELETED_THERE = "topics and posts that were deleted there"
PRIVATE = "private messages"
Values = Mapping[str, Any]


@dataclass(slots=True)
class Desk:
    """What a reader works with; `told` counts what it leaves aside on purpose, by the reason.

    `site` is which of our own sites an export says it came from; `whole` whether it says that this was all of it.
    """

    folder: Folder
    stage: Stage
    faults: Faults
    now: datetime
    told: dict[str, int] = field(default_factory=dict)
    aside: set[str] = field(default_factory=set)
    site: str = ""
    whole: bool = True
    tick: Callable[[], None] = lambda: None

    @contextmanager
    def entry(self, where: str) -> Iterator[None]:
        """Let what is wrong with one entry be a fault of its own."""
        try:
            yield
        except Wrong as wrong:
            self.faults.leave_out(where, wrong)
        self.tick()

    def put(self, entry: Entry, where: str) -> None:
        """Keep an entry. Raises Wrong for one that is there twice."""
        if not self.stage.add(entry, where):
            raise Wrong(f"is there twice: number {entry.key}. The first one counts.")

    def suppose(self, entry: Entry, where: str) -> None:
        """Keep what an entry says of another one, unless something is known of that already."""
        self.stage.add(entry, where)

    def pass_over(self, reason: str, talk: str = "") -> None:
        """Count something that is not for a forum; of a topic, by its key, the posts go with it."""
        self.aside |= {talk} - {""}
        self.told[reason] = self.told.get(reason, 0) + 1
