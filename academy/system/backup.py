"""Backup and restore: the database and what cannot be made anew of the instance folder, in one file.

The secret key and the keys of certificates are part of it: without them second factors and certificates would not
survive a restore. So the file is as secret as the site itself: it is written for its owner alone and must be kept
encrypted. `with_secrets=False` leaves them out, for copies that only the data is wanted of. Files in an S3 store are
not in it; the store keeps its own copies.
"""

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from academy import db
from academy.current import the_settings
from academy.people import erasures
from academy.system import archive, dumps, schema
from academy.system.archive import FORMAT, Contents, digest_of, files_under

MADE_ANEW = frozenset({"assets", "metrics", "node_modules", "prepared", "templates", "worker.bell", "worker.lock"})
SECRETS = frozenset({"secret-key", "keys", "demo-accounts.json"})
INSTANCE = "instance"
KEYS = f"{INSTANCE}/keys"
"""Where a backup has the keys of certificates, wherever the site keeps them (ACADEMY_KEYS)."""
OWNER_ONLY, OWNERS_FOLDER = 0o600, 0o700


def back_up(target: Path, *, now: datetime, with_secrets: bool = True) -> int:
    """Write a backup of the running site to `target`; returns its size in bytes."""
    engine = db.the_database().engine
    kind = engine.dialect.name
    erasures.keep(the_settings().instance, erasures.known())
    with tempfile.TemporaryDirectory(dir=the_settings().instance) as name:
        copy = Path(name) / dumps.NAMES[kind]
        dumps.dump(engine, copy)
        dumps.check(kind, copy)
        parts = {dumps.NAMES[kind]: copy, **_instance_files(Path(name), with_secrets)}
        digests = {name: digest_of(path) for name, path in parts.items()}
        contents = Contents(FORMAT, now.isoformat(), kind, schema.revision_of(engine), digests)
        archive.pack(target, contents, parts)
    return target.stat().st_size


def _instance_files(working: Path, with_secrets: bool) -> dict[str, Path]:
    folder = the_settings().instance
    left_out = MADE_ANEW | {working.name} | (frozenset() if with_secrets else SECRETS)
    chosen = [path for path in files_under(folder) if path.relative_to(folder).parts[0] not in left_out]
    named = {f"{INSTANCE}/{path.relative_to(folder).as_posix()}": path for path in chosen}
    keys = {f"{KEYS}/{path.name}": path for path in files_under(the_settings().keys)} if with_secrets else {}
    return {name: path for name, path in {**named, **keys}.items() if not _is_database(path, folder)}


def _is_database(path: Path, folder: Path) -> bool:
    return path.parent == folder and path.name.startswith(str(_database_file().name))


def _database_file() -> Path:
    return Path(str(db.the_database().engine.url.database))


def restore(source: Path, *, now: datetime) -> Contents:
    """Replace the database and the instance files by those of a backup, checked as a whole before anything is touched.

    People who were erased since the backup are erased again: those the present database knows of, and those on the
    list beside it, should the database be damaged. Raises ArchiveRefused, DumpFailed or ListUnreadable.
    """
    engine = db.the_database().engine
    erased = erasures.known()
    with tempfile.TemporaryDirectory(dir=the_settings().instance) as name:
        folder = Path(name)
        contents = archive.unpack(source, folder)
        if contents.database != engine.dialect.name:
            raise archive.ArchiveRefused(f"The backup is of a {contents.database} database, this site uses another.")
        file = folder / dumps.NAMES[contents.database]
        dumps.check(contents.database, file)
        db.the_database().dispose()
        dumps.load(engine, file)
        _bring_back_keys(folder / KEYS)
        if (folder / INSTANCE).is_dir():
            shutil.copytree(folder / INSTANCE, the_settings().instance, dirs_exist_ok=True)
    schema.upgrade(db.the_database())
    erased |= erasures.known()  # and what the backup itself says
    with db.the_database().transaction() as session:
        erasures.erase_again(session, erased, now)
    erasures.keep(the_settings().instance, erased)
    return contents


def _bring_back_keys(keys: Path) -> None:
    if not keys.is_dir():
        return
    target = the_settings().keys
    target.mkdir(mode=OWNERS_FOLDER, parents=True, exist_ok=True)
    for key in files_under(keys):
        key.chmod(OWNER_ONLY)
        shutil.copy(key, target / key.name)
    shutil.rmtree(keys)
