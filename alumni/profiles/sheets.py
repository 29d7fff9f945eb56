"""A profile's page as its template draws it, the same for everybody and for its owner who looks as another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from alumni.profiles import parts
from alumni.profiles.parts import Part
from alumni.profiles.queries import Byline
from alumni.profiles.seen import Seen, seen_by
from alumni.profiles.showing import Words, in_words
from alumni.profiles.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page shows of a member."""

    seen: Seen
    words: Mapping[str, Sequence[Words]]
    record: Sequence[Part]

    @property
    def byline(self) -> Byline:
        """The member in a line."""
        return Byline(self.seen.member_id, self.seen.name, self.seen.handle, self.seen.photo)

    @property
    def is_bare(self) -> bool:
        """Whether there is a name and nothing else."""
        return not (any(self.words.values()) or self.seen.story or self.seen.links or self.record)


def sheet(session: Session, viewer: Viewer, member_id: int) -> Sheet | None:
    """What this viewer sees of this member; None when they may not see the name."""
    seen = seen_by(session, viewer, [member_id]).get(member_id)
    if seen is None:
        return None
    record = parts.record_of(session, viewer, member_id) if seen.record else []
    return Sheet(seen, in_words(seen), record)
