"""What is wrong with the files that are brought in, said in sentences with the place they are about."""

from dataclasses import dataclass, field


class Wrong(ValueError):
    """An entry cannot be used; the message says why."""


class CannotBeRead(Exception):
    """Nothing of what was named can be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`where` is `file:line` or the entry of a file. `left_out`: the entry is not brought in, else it is changed."""

    where: str
    words: str
    left_out: bool

    def __str__(self) -> str:
        return f"{self.where}: {self.words}"


@dataclass(slots=True)
class Faults:
    """Everything that was found, in the order in which it was found."""

    found: list[Fault] = field(default_factory=list)

    def leave_out(self, where: str, words: object) -> None:
        """Say why an entry is not brought in."""
        self.found.append(Fault(where, str(words), left_out=True))

    def remark(self, where: str, words: str) -> None:
        """Say what of an entry will be other than it was."""
        self.found.append(Fault(where, words, left_out=False))

    @property
    def left_out(self) -> int:
        """How many entries are not brought in."""
        return sum(each.left_out for each in self.found)
