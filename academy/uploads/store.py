"""The store of bytes, imported when it is first used."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from academy.later import later

put: Callable[[str, bytes], None] = later("academy.storage:put")
read: Callable[[str], Iterator[bytes]] = later("academy.storage:read")
listed: Callable[..., Iterator[tuple[str, datetime]]] = later("academy.storage:listed")
kept_at: Callable[[str], datetime | None] = later("academy.storage:kept_at")
delete: Callable[[Iterable[str]], None] = later("academy.storage:delete")
delete_unfinished: Callable[[datetime], int] = later("academy.storage:delete_unfinished")
