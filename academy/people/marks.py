"""What stands for a member where an address must name one: it says nothing elsewhere, and nobody can count by it."""

import hmac
from collections.abc import Iterable

from academy.people.keys import key_for

LENGTH = 16


def mark(where: str, member_id: int) -> str:
    """The mark of a member in one place, such as the guests of one event; in another place it is another."""
    return hmac.digest(key_for("marks"), f"{where}:{member_id}".encode(), "sha256").hex()[:LENGTH]


def behind(where: str, marks: Iterable[str], among: Iterable[int]) -> list[int]:
    """Those of these members whom these marks stand for there."""
    wanted = set(marks)
    return [member_id for member_id in among if mark(where, member_id) in wanted]
