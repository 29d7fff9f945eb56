"""The settings: one frozen dataclass, read from the environment once, refused at start if wrong."""

import contextlib
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from click import ClickException

KNOWN_LANGUAGES = ("en", "ru", "kk", "ky", "tg", "tk", "uz", "fa", "ps")
WEAKEST_SECRET = 32
LARGEST_LOGO = 256 * 1024
MOST_SIGNATORIES = 2
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


class SettingsRefused(ClickException):
    """A setting is wrong: one sentence for the person who starts the site, shown by every command as it stands."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the environment decides."""

    instance: Path
    database_url: str
    secret_key: str
    public_url: str = "http://127.0.0.1:8000"
    redis_url: str = ""
    storage_url: str = ""
    smtp_url: str = ""
    reply_address: str = ""
    imap_url: str = ""
    translate_url: str = ""
    name: str = "Common Ground"
    languages: tuple[str, ...] = ("en", "ru", "fa")
    development: bool = False
    cheap_passwords: bool = False
    trusted_proxies: int = 0
    metrics_token: str = ""
    time_zone: str = "Asia/Tashkent"
    certificate_logo: Path | None = None
    certificate_signatories: tuple[tuple[str, str], ...] = ()
    keys_folder: str = ""
    keys_passphrase: str = ""

    @property
    def host(self) -> str:
        """Host and port under which the public reaches the site."""
        return urlsplit(self.public_url).netloc

    @property
    def keys(self) -> Path:
        """Where the private halves of the keys that sign certificates are."""
        return Path(self.keys_folder) if self.keys_folder else self.instance / "keys"

    @property
    def secure(self) -> bool:
        """Whether the public reaches the site by TLS, so that cookies may insist on it."""
        return self.public_url.startswith("https://")


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read every ACADEMY_ variable; raise SettingsRefused with one clear sentence at the first wrong one."""
    instance = Path(environ.get("ACADEMY_INSTANCE") or "instance").resolve()
    instance.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Settings(
        instance=instance,
        database_url=_database_url(environ.get("ACADEMY_DATABASE_URL", ""), instance),
        secret_key=_secret_key(environ.get("ACADEMY_SECRET_KEY", ""), instance),
        public_url=_public_url(environ.get("ACADEMY_PUBLIC_URL", "http://127.0.0.1:8000")),
        redis_url=_redis_url(environ.get("ACADEMY_REDIS_URL", "")),
        storage_url=_scheme("ACADEMY_STORAGE_URL", environ.get("ACADEMY_STORAGE_URL", ""), ("s3",)),
        smtp_url=_smtp_url(environ.get("ACADEMY_SMTP_URL", "")),
        reply_address=_reply_address(environ.get("ACADEMY_REPLY_ADDRESS", "").strip()),
        imap_url=_imap_url(environ.get("ACADEMY_IMAP_URL", "")),
        translate_url=_translate_url(environ.get("ACADEMY_TRANSLATE_URL", "").strip()),
        name=environ.get("ACADEMY_NAME", "").strip() or "Common Ground",
        languages=_languages(environ.get("ACADEMY_LANGUAGES", "en,ru,fa")),
        development=environ.get("ACADEMY_DEVELOPMENT", "") == "1",
        trusted_proxies=_whole("ACADEMY_TRUSTED_PROXIES", environ.get("ACADEMY_TRUSTED_PROXIES", "0")),
        metrics_token=environ.get("ACADEMY_METRICS_TOKEN", ""),
        time_zone=_time_zone(environ.get("ACADEMY_TIME_ZONE", "") or "Asia/Tashkent"),
        certificate_logo=_logo(environ.get("ACADEMY_CERTIFICATE_LOGO", "")),
        certificate_signatories=_signatories(environ.get("ACADEMY_CERTIFICATE_SIGNATORIES", "")),
        keys_folder=_absolute("ACADEMY_KEYS", environ.get("ACADEMY_KEYS", "")),
        keys_passphrase=environ.get("ACADEMY_KEYS_PASSPHRASE", ""),
    )


def _database_url(value: str, instance: Path) -> str:
    if not value:
        return f"sqlite:///{instance / 'academy.db'}"
    if value.startswith(("postgres://", "postgresql://")):
        return "postgresql+psycopg://" + value.split("://", 1)[1]
    if value.startswith(("sqlite:///", "postgresql+psycopg://")):
        return value
    raise SettingsRefused("ACADEMY_DATABASE_URL must begin with sqlite:/// or postgresql://.")


def _secret_key(value: str, instance: Path) -> str:
    if value:
        if len(value) < WEAKEST_SECRET:
            raise SettingsRefused(f"ACADEMY_SECRET_KEY must have at least {WEAKEST_SECRET} characters.")
        return value
    return _kept_secret(instance / "secret-key")


def _kept_secret(path: Path) -> str:
    """Make the secret once; of two processes that start together, one makes it and both read the same."""
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        with contextlib.suppress(FileExistsError):
            Path(path).hardlink_to(draft)
        Path(draft).unlink()
    return path.read_text(encoding="ascii").strip()


def _public_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"}:
        raise SettingsRefused("ACADEMY_PUBLIC_URL must be an http or https address without a path.")
    return f"{parts.scheme}://{parts.netloc}"


def _scheme(name: str, value: str, schemes: tuple[str, ...]) -> str:
    if value and urlsplit(value).scheme not in schemes:
        raise SettingsRefused(f"{name} must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}.")
    _port(name, value)
    return value


def _port(name: str, value: str) -> int | None:
    try:
        return urlsplit(value).port
    except ValueError as error:
        raise SettingsRefused(f"{name} must have a number as its port.") from error


def _smtp_url(value: str) -> str:
    name, parts = "ACADEMY_SMTP_URL", urlsplit(_scheme("ACADEMY_SMTP_URL", value, ("smtp", "smtps")))
    options = parse_qs(parts.query, keep_blank_values=True)
    if options.keys() - {"starttls", "from"} or options.get("starttls", ["1"])[-1] not in {"0", "1"}:
        raise SettingsRefused(f"{name} may end in ?starttls=1 and &from=address, and in nothing else.")
    starttls = options.get("starttls", ["0"])[-1] == "1"
    if starttls and parts.scheme == "smtps":
        raise SettingsRefused(f"{name}: smtps:// is encrypted from the start, so leave out starttls=1.")
    if parts.password and not (starttls or parts.scheme == "smtps" or parts.hostname in LOCAL):
        raise SettingsRefused(f"{name} would send the password unencrypted; add ?starttls=1 or begin with smtps://.")
    return value


def _reply_address(value: str) -> str:
    if value and not re.fullmatch(r"[a-z0-9._-]{1,15}@[a-z0-9.-]{1,190}", value):
        raise SettingsRefused(
            "ACADEMY_REPLY_ADDRESS must be an address such as reply@academy.example, with 15 letters before @ at most."
        )
    return value


def _imap_url(value: str) -> str:
    name, parts = "ACADEMY_IMAP_URL", urlsplit(_scheme("ACADEMY_IMAP_URL", value, ("imap", "imaps")))
    if parts.scheme == "imap" and parts.hostname not in LOCAL:
        raise SettingsRefused(f"{name} would send the password unencrypted; begin with imaps://.")
    return value


def _translate_url(value: str) -> str:
    name, parts = "ACADEMY_TRANSLATE_URL", urlsplit(_scheme("ACADEMY_TRANSLATE_URL", value, ("https", "http")))
    places = re.findall(r"\{(\w*)\}", value)
    if value and (parts.scheme == "http" and parts.hostname not in LOCAL):
        raise SettingsRefused(f"{name} would send words unencrypted; begin with https://.")
    if value and (not {"text", "to"} <= set(places) <= {"text", "to", "from"} or "{" in parts.netloc):
        raise SettingsRefused(
            f"{name} must have {{text}} and {{to}} after the host, may have {{from}}, and no other braces."
        )
    return value


def _redis_url(value: str) -> str:
    if value and find_spec("redis") is None:
        raise SettingsRefused("ACADEMY_REDIS_URL needs the package of requirements-redis.txt; install it first.")
    return _scheme("ACADEMY_REDIS_URL", value, ("redis", "rediss"))


def _languages(value: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(code.strip() for code in value.split(",") if code.strip()))
    unknown = [code for code in codes if code not in KNOWN_LANGUAGES]
    if unknown or not codes:
        raise SettingsRefused(f"ACADEMY_LANGUAGES must list codes out of {', '.join(KNOWN_LANGUAGES)}.")
    return codes


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise SettingsRefused(
            "ACADEMY_TIME_ZONE must name a time zone that this machine knows, such as Asia/Tashkent or UTC."
        ) from None
    return value


def _logo(value: str) -> Path | None:
    if not value:
        return None
    path = Path(value).resolve()
    try:
        head = path.read_bytes()[:LARGEST_LOGO]
    except OSError:
        head = b""
    if (not head.startswith(b"\x89PNG\r\n\x1a\n") and b"<svg" not in head) or path.stat().st_size > LARGEST_LOGO:
        raise SettingsRefused("ACADEMY_CERTIFICATE_LOGO must be the path of an SVG or PNG file of at most 256 KB.")
    return path


def _signatories(value: str) -> tuple[tuple[str, str], ...]:
    """Two people at most, each a name and after a comma an office, with a bar between them."""
    people = [each.partition(",") for each in value.split("|") if each.strip()]
    found = tuple((name.strip(), office.strip()) for name, _, office in people)
    if len(found) > MOST_SIGNATORIES or not all(all(each) for each in found):
        raise SettingsRefused(
            "ACADEMY_CERTIFICATE_SIGNATORIES must name one or two people: Name, Office | Name, Office."
        )
    return found


def _absolute(name: str, value: str) -> str:
    if value and not Path(value).is_absolute():
        raise SettingsRefused(f"{name} must be the full path of a folder.")
    return value


def _whole(name: str, value: str) -> int:
    if not value.isdigit():
        raise SettingsRefused(f"{name} must be a whole number.")
    return int(value)
