"""What is wrong with a course, as sentences that name the file and the line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


def sentence(text: str) -> str:
    """Mark a sentence for translators; it is translated where it is shown."""
    return text


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend; `text` with its `values` can be translated, `message` is the English sentence."""

    path: str
    line: int
    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence with its values filled in."""
        return self.text % dict(self.values)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


class CourseFaults(Exception):
    """A set of files that is not a course yet; it names every fault, in the order of files and lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set_of(faults), key=lambda fault: (fault.path, fault.line, fault.message)))
        super().__init__("\n".join(map(str, self.faults)))


def set_of(faults: Iterable[Fault]) -> list[Fault]:
    """The faults without repetitions."""
    return list({str(fault): fault for fault in faults}.values())


class Notes:
    """Collects the faults of a course."""

    def __init__(self, slug: str) -> None:
        self.slug = slug
        self.faults: list[Fault] = []

    def on(self, path: str) -> "FileNotes":
        """A collector for one file, named relative to the course's folder."""
        return FileNotes(self, path)


@dataclass(frozen=True, slots=True)
class FileNotes:
    """Collects the faults of one file."""

    notes: Notes
    path: str

    def say(self, line: int, text: str, /, **values: object) -> None:
        """Note a fault: `text` may hold %(name)s for each of the values."""
        self.notes.faults.append(Fault(f"{self.notes.slug}/{self.path}", line, text, values))
