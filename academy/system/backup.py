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

from sqlalchemy import select

from academy import db
from academy.audit.models import AuditEntry
from academy.current import the_settings
from academy.people import accounts
from academy.people.actor import Actor
from academy.people.models import ERASED, Member
from academy.system import archive, dumps, schema
from academy.system.archive import FORMAT, Contents, digest_of, files_under

MADE_ANEW = frozenset({"assets", "metrics", "node_modules", "prepared", "worker.bell"})
SECRETS = frozenset({"secret-key", "keys", "demo-accounts.json"})
INSTANCE = "instance"
ERASURE = "member.erased"


def back_up(target: Path, *, now: datetime, with_secrets: bool = True) -> int:
    """Write a backup of the running site to `target`; returns its size in bytes."""
    engine = db.the_database().engine
    kind = engine.dialect.name
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
    return {
        f"{INSTANCE}/{path.relative_to(folder).as_posix()}": path for path in chosen if not _is_database(path, folder)
    }


def _is_database(path: Path, folder: Path) -> bool:
    return path.parent == folder and path.name.startswith(str(_database_file().name))


def _database_file() -> Path:
    return Path(str(db.the_database().engine.url.database))


def restore(source: Path, *, now: datetime) -> Contents:
    """Replace the database and the instance files by those of a backup, checked as a whole before anything is touched.

    People who were erased since the backup are erased again. Raises ArchiveRefused or DumpFailed.
    """
    engine = db.the_database().engine
    erased = _erased_members()
    with tempfile.TemporaryDirectory(dir=the_settings().instance) as name:
        folder = Path(name)
        contents = archive.unpack(source, folder)
        if contents.database != engine.dialect.name:
            raise archive.ArchiveRefused(f"The backup is of a {contents.database} database, this site uses another.")
        file = folder / dumps.NAMES[contents.database]
        dumps.check(contents.database, file)
        dumps.load(engine, file)
        if (folder / INSTANCE).is_dir():
            shutil.copytree(folder / INSTANCE, the_settings().instance, dirs_exist_ok=True)
    schema.upgrade(db.the_database())
    _erase_again(erased, now)
    return contents


def _erased_members() -> list[int]:
    if dumps.is_empty(db.the_database().engine):
        return []
    with db.the_database().reading() as session:
        subjects = session.scalars(select(AuditEntry.subject).where(AuditEntry.action == ERASURE))
        return [int(subject.partition(":")[2]) for subject in subjects]


def _erase_again(member_ids: list[int], now: datetime) -> None:
    with db.the_database().transaction() as session:
        for member in session.scalars(select(Member).where(Member.id.in_(member_ids), Member.state != ERASED)):
            accounts.erase(session, member=member, actor=Actor(member.id, ""), now=now)
