"""A course as a zip and back. What comes in may be made to do harm: names and sizes are checked first. Pure."""

import io
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from courses.catalogue.reader.faults import sentence
from courses.catalogue.reader.folder import LARGEST_COURSE, LARGEST_FILE, MOST_FILES
from courses.catalogue.reader.keys import is_slug
from courses.catalogue.slugs import DEVICES

ENTRY = b"PK\x01\x02"
LONGEST_NAME = 200
BEGINNING = (1980, 1, 1, 0, 0, 0)
"""A date for every file, so that the same course is the same zip."""

NOT_ZIP = sentence("This is not a zip file that can be read.")
LOCKED = sentence("The zip is locked by a password. Please make one without.")
ODD_NAME = sentence("The zip has a file named “%(name)s”, which leads out of its folder.")
LINK = sentence("The zip has a link, “%(name)s”. Please put the file itself there.")
TWICE = sentence("The zip has “%(name)s” twice.")
TWINS = sentence("“%(name)s” and “%(other)s” are one file on some computers. Please rename one of them.")
LONG_NAME = sentence("“%(name)s…” is longer than %(most)d letters. Please give it a shorter name.")
DEVICE = sentence("No file can be named “%(name)s” on Windows. Please rename it.")
TOO_MANY = sentence("The zip has more than %(most)d files.")
TOO_LARGE = sentence("“%(name)s” is larger than %(most)d MB.")
ALL_TOO_LARGE = sentence("Unpacked, the zip is larger than %(most)d MB.")
NO_COURSE = sentence("There is no course.md at the top of the zip, nor in the one folder it holds.")


class NotACourse(Exception):
    """The zip is refused; `text` with its `values` can be translated."""

    def __init__(self, text: str, **values: object) -> None:
        super().__init__(text % values)
        self.text = text
        self.values = values


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The files of a course by path, and the name of the folder they stood in ('' when there was none)."""

    folder: str
    files: Mapping[str, bytes]


def packed(slug: str, files: Mapping[str, bytes]) -> bytes:
    """A zip with one folder, the course; the same files give the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            archive.writestr(zipfile.ZipInfo(f"{slug}/{path}", BEGINNING), files[path], zipfile.ZIP_DEFLATED)
    return written.getvalue()


def unpacked(content: bytes) -> Unpacked:
    """The course in a zip; raise NotACourse."""
    if content.count(ENTRY) > MOST_FILES * 2:  # told before a list of all of them fills the memory
        raise NotACourse(TOO_MANY, most=MOST_FILES)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _course(_contents(archive))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise NotACourse(NOT_ZIP) from error


def _contents(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _hidden(entry.filename)]
    if len(entries) > MOST_FILES:
        raise NotACourse(TOO_MANY, most=MOST_FILES)
    files: dict[str, bytes] = {}
    twins: dict[str, str] = {}
    left = LARGEST_COURSE
    for entry in entries:
        _check(entry, files)
        _check_twin(entry.filename, twins)
        files[entry.filename] = _read(archive, entry, left)
        left -= len(files[entry.filename])
    return files


def _hidden(name: str) -> bool:
    return any((part.startswith(".") and part not in {".", ".."}) or part == "__MACOSX" for part in name.split("/"))


def _check(entry: zipfile.ZipInfo, files: Mapping[str, bytes]) -> None:
    name, parts = entry.filename, entry.filename.split("/")
    if entry.flag_bits & 1:
        raise NotACourse(LOCKED)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise NotACourse(LINK, name=name[:80])
    if not name.isprintable() or "\\" in name or ":" in name or any(part in {"", ".", ".."} for part in parts):
        raise NotACourse(ODD_NAME, name="".join(char for char in name[:80] if char.isprintable()))
    if name in files:
        raise NotACourse(TWICE, name=name[:80])
    if len(name) > LONGEST_NAME:
        raise NotACourse(LONG_NAME, name=name[:80], most=LONGEST_NAME)
    device = next((part for part in parts if part.partition(".")[0].casefold() in DEVICES or part[-1] in ". "), "")
    if device:
        raise NotACourse(DEVICE, name=device[:80])


def _check_twin(name: str, known: dict[str, str]) -> None:
    """Refuse two names that differ only in capitals, or in how an accent is written."""
    other = known.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
    if other != name:
        raise NotACourse(TWINS, name=name[:80], other=other[:80])


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    """The file, never more than may be: what a zip says of its sizes is not believed."""
    most = min(LARGEST_FILE, left)
    with archive.open(entry) as packed_file:
        content = packed_file.read(most + 1)
    if len(content) > LARGEST_FILE:
        raise NotACourse(TOO_LARGE, name=entry.filename[:80], most=LARGEST_FILE >> 20)
    if len(content) > most:
        raise NotACourse(ALL_TOO_LARGE, most=LARGEST_COURSE >> 20)
    return content


def _course(files: Mapping[str, bytes]) -> Unpacked:
    if "course.md" in files:
        return Unpacked("", files)
    tops = {path.partition("/")[0] for path in files}
    folder = tops.pop() if len(tops) == 1 else ""
    if not folder or f"{folder}/course.md" not in files:
        raise NotACourse(NO_COURSE)
    inside = {path[len(folder) + 1 :]: content for path, content in files.items()}
    return Unpacked(folder if is_slug(folder) else "", inside)
