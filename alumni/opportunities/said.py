"""What is said of an opportunity, as its form takes it and its service keeps it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of an opportunity; `last_day` is None when it is open until it is filled."""

    kind: str
    title: str
    organisation: str
    country: str
    remote: bool
    languages: tuple[str, ...]
    topic: str
    pay: str
    fee: str
    source: str
    text: str
    last_day: date | None
    zone: str
    for_learners: bool
