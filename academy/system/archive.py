"""The file of a backup: a tar with a list of contents that says what is in it and how each part hashes."""

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

CONTENTS = "contents.json"
FORMAT = 1
CHUNK = 1024 * 1024


class ArchiveRefused(Exception):
    """The file is not a whole backup; the message is one sentence."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup holds: `parts` are paths inside it with the SHA-256 of each."""

    format: int
    made_at: str
    database: str
    revision: str
    parts: dict[str, str]


def pack(target: Path, contents: Contents, parts: Mapping[str, Path]) -> None:
    """Write the backup, readable by its owner alone, whole or not at all."""
    draft = target.with_name(target.name + ".part")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz") as tar:
            listing = draft.with_name(draft.name + ".json")
            listing.write_text(json.dumps(asdict(contents), indent=1), encoding="utf-8")
            tar.add(listing, CONTENTS)
            listing.unlink()
            for name, path in parts.items():
                tar.add(path, name, recursive=False)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)


def unpack(source: Path, folder: Path) -> Contents:
    """Take a backup apart into `folder` and check every part; raise ArchiveRefused when it is not whole."""
    try:
        with tarfile.open(source) as tar:
            for member in tar:
                _take(tar, member, folder)
        contents = Contents(**json.loads((folder / CONTENTS).read_text(encoding="utf-8")))
    except (OSError, EOFError, tarfile.TarError, ValueError, TypeError) as error:
        raise ArchiveRefused(f"{source} is not a whole backup.") from error
    _check(contents, folder)
    return contents


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    path = PurePosixPath(member.name)
    if not member.isfile() or path.is_absolute() or ".." in path.parts:
        raise ArchiveRefused(f"The backup holds something that is not a plain file: {member.name}")
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    source = tar.extractfile(member)
    if source is not None:
        with source, target.open("wb") as file:
            while chunk := source.read(CHUNK):
                file.write(chunk)


def _check(contents: Contents, folder: Path) -> None:
    if contents.format != FORMAT:
        raise ArchiveRefused("The backup was made by another version of this site.")
    for name, digest in contents.parts.items():
        if not (folder / name).is_file() or digest_of(folder / name) != digest:
            raise ArchiveRefused(f"The backup is damaged: {name} is missing or changed.")


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files_under(folder: Path) -> Iterator[Path]:
    """Every plain file under a folder, in a stable order; links are left out."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
