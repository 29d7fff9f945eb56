"""A course's folder on disk as a set of files."""

import os
from collections.abc import Iterator
from pathlib import Path

from courses.catalogue.reader.faults import CourseFaults, Fault, sentence

MOST_FILES = 2000
LARGEST_FILE = 4 * 1024 * 1024
LARGEST_COURSE = 32 * 1024 * 1024

NO_FOLDER = sentence("this is not a folder")
LINK = sentence("a link that leads out of the course's folder is not followed")
TOO_MANY = sentence("there are more than %(most)d files in this folder")
FILE_TOO_LARGE = sentence("the file is larger than %(most)d MB")
COURSE_TOO_LARGE = sentence("the files of this course are larger than %(most)d MB together")
NOT_READABLE = sentence("the file cannot be read")


def files_of(folder: Path) -> dict[str, bytes]:
    """All files of a course's folder by path inside it; hidden ones are left out. Raises CourseFaults."""
    root = folder.resolve()
    if not root.is_dir():
        raise CourseFaults([Fault(root.name, 1, NO_FOLDER)])
    files: dict[str, bytes] = {}
    faults: list[Fault] = []
    size = 0
    for path in _visible(root):
        name = path.relative_to(root).as_posix()
        try:
            files[name] = _content(path, root)
        except _Refused as refusal:
            faults.append(Fault(f"{root.name}/{name}", 1, refusal.text, {"most": LARGEST_FILE >> 20}))
        size += len(files.get(name, b""))
        if len(files) > MOST_FILES:
            raise CourseFaults([Fault(root.name, 1, TOO_MANY, {"most": MOST_FILES})])
        if size > LARGEST_COURSE:
            raise CourseFaults([Fault(root.name, 1, COURSE_TOO_LARGE, {"most": LARGEST_COURSE >> 20})])
    if faults:
        raise CourseFaults(faults)
    return files


class _Refused(Exception):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def _visible(root: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder) / name for name in sorted(names) if not name.startswith("."))
        yield from (Path(folder) / name for name in folders if (Path(folder) / name).is_symlink())


def _content(path: Path, root: Path) -> bytes:
    if path.is_symlink() and not _stays_inside(path, root):
        raise _Refused(LINK)
    if not path.is_file():
        raise _Refused(NOT_READABLE)
    if path.stat().st_size > LARGEST_FILE:
        raise _Refused(FILE_TOO_LARGE)
    try:
        return path.read_bytes()
    except OSError as error:
        raise _Refused(NOT_READABLE) from error


def _stays_inside(path: Path, root: Path) -> bool:
    try:
        return path.is_file() and path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link that leads to itself
        return False
