"""Where the bytes of uploaded files are: a folder of the instance, or an S3 store (ACADEMY_STORAGE_URL).

Reach it through `academy.uploads.store`, which imports it when a file is really touched: the library behind it costs
6 MiB of every process.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from academy.current import the_settings
from academy.errors import NotFound
from academy.uploads.refusals import StorageFailed

FOLDER = "files"
CHUNK = 256 * 1024
PATIENCE = timedelta(seconds=20)
Store = LocalStore | S3Store


@lru_cache(maxsize=8)
def _opened(url: str, folder: Path) -> Store:
    if not url:
        return LocalStore(folder, mkdir=True)
    # What is given here replaces what the library would read from the environment, so this one has to be repeated.
    unencrypted = os.environ.get("AWS_ALLOW_HTTP", "").lower() == "true"
    return S3Store.from_url(
        url,
        client_options={"timeout": PATIENCE, "allow_http": unencrypted},
        retry_config={"max_retries": 2, "retry_timeout": PATIENCE},
    )


def _folder() -> Path:
    return the_settings().instance / FOLDER


def _store() -> Store:
    return _opened(the_settings().storage_url, _folder())


def put(place: str, content: bytes) -> None:
    """Keep these bytes: whole when this returns, or not at all when it raises StorageFailed."""
    try:
        obstore.put(_store(), place, content)
        if not the_settings().storage_url:
            _settle(_folder() / place)
    except (BaseError, OSError) as error:
        raise StorageFailed from error


def _settle(path: Path) -> None:
    """Let the disk have it before anybody is told that it is kept."""
    for each, flags in ((path, os.O_RDONLY), (path.parent, os.O_RDONLY | os.O_DIRECTORY)):
        descriptor = os.open(each, flags)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def read(place: str) -> Iterator[bytes]:
    """The bytes kept there, a piece at a time; raise NotFound when they are gone, StorageFailed when nobody answers."""
    try:
        found = obstore.get(_store(), place)
    except FileNotFoundError as error:
        raise NotFound from error
    except (BaseError, OSError) as error:
        raise StorageFailed from error
    return (bytes(piece) for piece in found.stream(min_chunk_size=CHUNK))


def listed(under: str = "") -> Iterator[tuple[str, datetime]]:
    """Everything that is kept, with since when."""
    try:
        for some in obstore.list(_store(), prefix=under or None):
            for each in some:
                yield each["path"], each["last_modified"]
    except (BaseError, OSError) as error:
        raise StorageFailed from error


def kept_at(place: str) -> datetime | None:
    """Since when something is kept there; None when nothing is."""
    try:
        return obstore.head(_store(), place)["last_modified"]
    except FileNotFoundError:
        return None
    except (BaseError, OSError) as error:
        raise StorageFailed from error


def delete(places: Iterable[str]) -> None:
    """Give up what is kept there; what is gone already is no fault."""
    for place in places:
        try:
            obstore.delete(_store(), place)
        except FileNotFoundError:
            continue
        except (BaseError, OSError) as error:
            raise StorageFailed from error


def delete_unfinished(before: datetime) -> int:
    """Remove what a process left behind that was killed while it wrote; an S3 store does so by itself."""
    if the_settings().storage_url or not _folder().is_dir():
        return 0
    left = [path for path in _folder().rglob("*#*") if path.is_file() and path.stat().st_mtime < before.timestamp()]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)
