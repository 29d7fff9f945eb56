"""The files that are brought in: one file, a folder, or a zip; read bit by bit, never written anywhere."""

import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from academy.uploads.refusals import LARGEST
from alumni.forum.exchange.faults import CannotBeRead

TABLES = (".csv", ".tsv", ".json", ".jsonl", ".ndjson")
LOCKED = 0x1
BESIDE = ".files.zip"
"""What the name of a file ends with that holds the files of an export beside it."""


@dataclass(frozen=True, slots=True)
class Folder:
    """`tables` are the names of files with rows; `others` gives the name of any other by the beginning of its name."""

    tables: tuple[str, ...]
    others: Mapping[str, str]
    opened: Callable[[str], BinaryIO]

    def bytes_of(self, word: str) -> bytes | None:
        """The content of the file whose name, without its ending, is this word; None if there is none that fits."""
        name = self.others.get(word.lower())
        if name is None:
            return None
        with self.opened(name) as file:
            content = file.read(LARGEST + 1)
        return content if len(content) <= LARGEST else None

    def holds(self, word: str) -> bool:
        """Whether there is such a file."""
        return word.lower() in self.others


@contextmanager
def folder_at(path: Path) -> Iterator[Folder]:
    """The files at this path. Raises CannotBeRead."""
    try:
        if path.is_dir():
            yield _of_folder(path)
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as zipped:
                yield _of_zip(zipped)
        elif path.suffix.lower() not in TABLES:
            raise CannotBeRead(f"{path} is none of these: a folder, a zip, {', '.join(TABLES)}.")
        else:
            with _beside(path) as others:
                yield others
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise CannotBeRead(f"{path} cannot be read: {error}.") from error


def _of_folder(path: Path) -> Folder:
    files = {
        each.relative_to(path).as_posix(): each
        for each in sorted(path.rglob("*"))
        if each.is_file() and not each.is_symlink()
    }
    return _sorted_out(list(files), lambda name: files[name].open("rb"))


def _of_zip(zipped: zipfile.ZipFile) -> Folder:
    names = [each.filename for each in zipped.infolist() if not each.is_dir()]
    if any(each.flag_bits & LOCKED for each in zipped.infolist()):
        raise CannotBeRead("The zip is locked with a password; please unpack it first.")
    return _sorted_out(sorted(names), lambda name: cast("BinaryIO", zipped.open(name)))


@contextmanager
def _beside(path: Path) -> Iterator[Folder]:
    """One file, with the zip of its files if that stands beside it."""
    zipped = path.with_suffix(BESIDE)
    if not zipped.is_file():
        yield Folder((path.name,), {}, lambda _name: path.open("rb"))
        return
    with zipfile.ZipFile(zipped) as opened:
        others = _of_zip(opened)
        yield Folder(
            (path.name,), others.others, lambda name: path.open("rb") if name == path.name else others.opened(name)
        )


def _sorted_out(names: list[str], opened: Callable[[str], BinaryIO]) -> Folder:
    seen = [PurePosixPath(each) for each in names if not PurePosixPath(each).name.startswith(".")]
    tables = tuple(str(each) for each in seen if each.suffix.lower() in TABLES)
    others = {
        key: str(each) for each in seen if str(each) not in tables for key in (each.stem.lower(), each.name.lower())
    }
    return Folder(tables, others, opened)
