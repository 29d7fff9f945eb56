"""What holds for opportunities. Pure."""

import re
from datetime import UTC, date, datetime, time, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

OPEN_FOR = timedelta(days=90)
ASKED_BEFORE = timedelta(days=10)
REMINDED_BEFORE = timedelta(days=3)
LATEST = timedelta(days=730)
LABEL = re.compile(r"[a-z0-9-]{1,63}")
HTTPS_PORT = 443


def end_of_day(day: date, zone: str) -> datetime:
    """The last moment of a day in a time zone, in UTC."""
    after = datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(zone))
    return after.astimezone(UTC) - timedelta(seconds=1)


def last_day(closes_at: datetime, zone: str) -> date:
    """The day on which somebody there can still apply."""
    return closes_at.astimezone(ZoneInfo(zone)).date()


def host_of(address: str) -> str:
    """The host of an https address in the letters the network itself uses; '' for what is no such address.

    Letters that only look like others stand out that way; addresses with a user name, a port of their own or a bare
    number as host are not taken.
    """
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").encode("idna").decode("ascii").lower(), parts.port
    except (ValueError, UnicodeError):
        return ""
    plain = parts.scheme == "https" and "@" not in parts.netloc and port in {None, HTTPS_PORT}
    labels = host.split(".")
    named = len(labels) > 1 and all(LABEL.fullmatch(each) for each in labels) and not _is_number(host)
    return host if plain and named and address.isprintable() and " " not in address else ""


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return host.rpartition(".")[2].isdigit()
    return True
