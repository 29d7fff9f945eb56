"""Choose the letter, and stop it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from alumni.digest import queries, rules
from alumni.digest.models import DigestChoice, Frequency


def choose(
    session: Session, *, member_id: int, frequency: str, quiet: tuple[int, int], zone: ZoneInfo, now: datetime
) -> None:
    """Keep how somebody wants the letter; it never tells of more than the last month."""
    mine = queries.choice_of(session, member_id)
    begins, ends = quiet
    if mine is None:
        mine = DigestChoice(member_id=member_id, since=now)
        session.add(mine)
    if mine.next_at is None:
        mine.since = max(mine.since, now - rules.LOOK_BACK)
    mine.frequency, mine.quiet_from, mine.quiet_to = frequency, begins, ends
    mine.next_at = rules.next_due(frequency, now, zone)
    mine.chosen_at = now
    session.flush()


def stop(session: Session, member_id: int, _about: str, now: datetime) -> None:
    """Send no more letters, as a link in one of them asks; to do it twice changes nothing."""
    mine = queries.choice_of(session, member_id)
    if mine is not None:
        mine.frequency, mine.next_at, mine.chosen_at = Frequency.NEVER, None, now
        session.flush()


def forget(session: Session, member_id: int) -> None:
    """Erase what somebody chose."""
    mine = queries.choice_of(session, member_id)
    if mine is not None:
        session.delete(mine)
        session.flush()
