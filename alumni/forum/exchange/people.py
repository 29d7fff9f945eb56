"""Who somebody of the old forum is here: by a table of the operator's, or by the address both forums know."""

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from academy.people.addresses import NotAnAddress, key_of
from alumni.forum.exchange import queries
from alumni.forum.exchange.entries import Person
from alumni.forum.exchange.faults import CannotBeRead, Faults
from alumni.forum.exchange.staging import Stage

SOME = 500


@dataclass(slots=True)
class People:
    """Members and handles by the keys of the old forum; `names` are how people were called there."""

    members: dict[str, int] = field(default_factory=dict)
    handles: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def member(self, key: str) -> int | None:
        """The number here of somebody there."""
        return self.members.get(key.casefold())

    def handle(self, name: str) -> str:
        """The handle here of somebody there, '' for nobody or for whoever shows none."""
        return self.handles.get(name.casefold(), "")

    def name(self, key: str) -> str:
        """How somebody was called there."""
        return self.names.get(key.casefold(), "")


@dataclass(frozen=True, slots=True)
class Named:
    """A line of the operator's table: where it stands, and the address or handle of somebody here."""

    where: str
    here: str


def known_people(session: Session, stage: Stage, table: Mapping[str, Named], faults: Faults) -> People:
    """Everybody of the old forum who is here; `table` gives the address or handle here for old names or keys."""
    people, staged = People(), [each.entry for each in stage.all(Person)]
    table = _meant(table, Counter(each.name.casefold() for each in staged), faults)
    known = {key for each in staged for key in (each.key.casefold(), each.name.casefold())}
    everybody = [*staged, *(Person(name, name) for name in table if name not in known)]
    addresses = {each.key: _address(each, table) for each in everybody}
    found = _found(session, set(filter(None, addresses.values())))
    for named in table.values():
        if _compared(named.here) not in found:
            faults.leave_out(
                named.where, f"names “{named.here}”, but nobody here has that confirmed address or handle."
            )
    for key, person in _by_keys(everybody).items():
        people.names[key] = person.name
        member = found.get(_compared(addresses[person.key]))
        if member is not None:
            people.members[key] = member
    handles = queries.handles_of(session, set(people.members.values()))
    people.handles = {key: handles[member] for key, member in people.members.items() if member in handles}
    return people


def _meant(table: Mapping[str, Named], bearers: Mapping[str, int], faults: Faults) -> dict[str, Named]:
    """The lines of the table that say of whom they speak: several members may go by one name, chosen for that."""
    for name in table.keys() & {each for each, count in bearers.items() if count > 1}:
        faults.leave_out(table[name].where, "names several people; say their number instead, such as #7.")
    return {name: named for name, named in table.items() if bearers.get(name, 0) <= 1}


def _address(person: Person, table: Mapping[str, Named]) -> str:
    named = table.get(person.key.casefold()) or table.get(person.name.casefold())
    return named.here if named is not None else person.email


def _by_keys(everybody: Sequence[Person]) -> dict[str, Person]:
    """Everybody by each of their keys, and by a name that is nobody's key: people choose names, even “#7”."""
    keys = [(each.key, each) for each in everybody] + [(each.numbered, each) for each in everybody]
    names = [(each.name, each) for each in everybody if not each.name.startswith("#")]
    found: dict[str, Person] = {}
    for key, person in keys + names:
        found.setdefault(key.casefold(), person)
    return {key: person for key, person in found.items() if key not in {"", "#"}}


def _found(session: Session, wanted: set[str]) -> dict[str, int]:
    """Members by compared addresses and by handles."""
    keys = sorted({_compared(each) for each in wanted})
    found: dict[str, int] = {}
    for at in range(0, len(keys), SOME):
        some = keys[at : at + SOME]
        found |= queries.by_address(session, [each for each in some if "@" in each])
        found |= queries.by_handle(session, [each for each in some if "@" not in each])
    return found


def _compared(said: str) -> str:
    said = said.strip()
    if "@" not in said.lstrip("@"):
        return said.lstrip("@").lower()
    try:
        return key_of(said)
    except NotAnAddress:
        return ""


def table_of(path: Path | None, faults: Faults) -> dict[str, Named]:
    """The operator's table: an old name and an address or a handle here in each line. Raises CannotBeRead."""
    if path is None:
        return {}
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotBeRead(f"{path} cannot be read: {error}.") from error
    return dict(_pairs(path.name, text, faults))


def _pairs(name: str, text: str, faults: Faults) -> Iterator[tuple[str, Named]]:
    lines = text.splitlines()
    delimiter = max(",;\t", key=lines[0].count) if lines else ","
    seen: set[str] = set()
    for place, row in enumerate(csv.reader(lines, delimiter=delimiter), 1):
        values = [unicodedata.normalize("NFC", each.strip()) for each in row]
        if not any(values) or (place == 1 and values[0].casefold() in {"name", "old name", "old_name", "username"}):
            continue
        if len(values) != 2 or not all(values):  # noqa: PLR2004  a name and who it is
            faults.leave_out(f"{name}:{place}", "needs two values: an old name, and an address or a handle here.")
        elif values[0].casefold() in seen:
            faults.leave_out(f"{name}:{place}", f"names “{values[0]}” again; the first line counts.")
        else:
            seen.add(values[0].casefold())
            yield values[0].casefold(), Named(f"{name}:{place}", values[1])
