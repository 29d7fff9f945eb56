"""Until when a certificate counts. Pure."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from courses.certificates.models import Certificate

MONTHS_OF_YEAR = 12


class Status(StrEnum):
    """What a check answers about a certificate that there is."""

    VALID = "valid"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


def status_of(certificate: Certificate, now: datetime) -> Status:
    """How a certificate stands now; what was withdrawn does not expire any more."""
    if certificate.withdrawn_at is not None:
        return Status.WITHDRAWN
    return Status.EXPIRED if certificate.expired(now) else Status.VALID


def last_day(first: date, months: int) -> date:
    """The same day so many months later, or the last of that month if it has no such day: 29 February ends on 28."""
    place = first.year * MONTHS_OF_YEAR + first.month - 1 + months
    year, month = place // MONTHS_OF_YEAR, place % MONTHS_OF_YEAR + 1
    return date(year, month, min(first.day, monthrange(year, month)[1]))


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which this day is over in a zone, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def last_day_of(expires_at: datetime, zone: ZoneInfo) -> date:
    """The last day on which something counts that expires at this moment."""
    return (expires_at - timedelta(microseconds=1)).astimezone(zone).date()


def expiry(issued_at: datetime, months: int, zone: ZoneInfo) -> datetime | None:
    """When a certificate of this moment expires; None for one that counts without end."""
    return end_of(last_day(issued_at.astimezone(zone).date(), months), zone) if months else None


def renewed(expires_at: datetime | None, now: datetime, months: int, zone: ZoneInfo) -> datetime | None:
    """When it expires after a renewal: early ones lose no day, late ones begin today."""
    if not months:
        return None
    begins = now.astimezone(zone).date()
    if expires_at is not None and expires_at > now:
        begins = last_day_of(expires_at, zone)
    return end_of(last_day(begins, months), zone)
