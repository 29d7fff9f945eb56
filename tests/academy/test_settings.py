"""Settings: read once, refused at start with one sentence if wrong."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from academy.settings import SettingsRefused, from_environment


def read(tmp_path: Path, **environ: str) -> object:
    return from_environment({"ACADEMY_INSTANCE": str(tmp_path), **environ})


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({"ACADEMY_DATABASE_URL": "mysql://x"}, "ACADEMY_DATABASE_URL must begin with sqlite:/// or postgresql://."),
        ({"ACADEMY_PUBLIC_URL": "ftp://x"}, "ACADEMY_PUBLIC_URL must be an http or https address without a path."),
        ({"ACADEMY_PUBLIC_URL": "https://x/y"}, "ACADEMY_PUBLIC_URL must be an http or https address without a path."),
        ({"ACADEMY_SECRET_KEY": "short"}, "ACADEMY_SECRET_KEY must have at least 32 characters."),
        ({"ACADEMY_SMTP_URL": "http://x"}, "ACADEMY_SMTP_URL must begin with smtp:// or smtps://."),
        ({"ACADEMY_SMTP_URL": "smtp://h:many"}, "ACADEMY_SMTP_URL must have a number as its port."),
        (
            {"ACADEMY_SMTP_URL": "smtp://h:587?starttls=yes"},
            "ACADEMY_SMTP_URL may end in ?starttls=1 and &from=address, and in nothing else.",
        ),
        (
            {"ACADEMY_SMTP_URL": "smtp://h:587?tls=1"},
            "ACADEMY_SMTP_URL may end in ?starttls=1 and &from=address, and in nothing else.",
        ),
        (
            {"ACADEMY_SMTP_URL": "smtps://h?starttls=1"},
            "ACADEMY_SMTP_URL: smtps:// is encrypted from the start, so leave out starttls=1.",
        ),
        (
            {"ACADEMY_SMTP_URL": "smtp://u:p@mail.example.org:587"},
            "ACADEMY_SMTP_URL would send the password unencrypted; add ?starttls=1 or begin with smtps://.",
        ),
        (
            {"ACADEMY_CERTIFICATE_LOGO": "/no/such/logo.svg"},
            "ACADEMY_CERTIFICATE_LOGO must be the path of an SVG or PNG file of at most 256 KB.",
        ),
        (
            {"ACADEMY_CERTIFICATE_SIGNATORIES": "Tariq Nasyrzoda"},
            "ACADEMY_CERTIFICATE_SIGNATORIES must name one or two people: Name, Office | Name, Office.",
        ),
        (
            {"ACADEMY_LANGUAGES": "en,xx"},
            "ACADEMY_LANGUAGES must list codes out of en, ru, kk, ky, tg, tk, uz, fa, ps.",
        ),
        ({"ACADEMY_LANGUAGES": " , "}, "ACADEMY_LANGUAGES must list codes out of en, ru, kk, ky, tg, tk, uz, fa, ps."),
        ({"ACADEMY_TRUSTED_PROXIES": "many"}, "ACADEMY_TRUSTED_PROXIES must be a whole number."),
        (
            {"ACADEMY_TRANSLATE_URL": "http://t.example/?to={to}&q={text}"},
            "ACADEMY_TRANSLATE_URL would send words unencrypted; begin with https://.",
        ),
        *(
            (
                {"ACADEMY_TRANSLATE_URL": url},
                "ACADEMY_TRANSLATE_URL must have {text} and {to} after the host, may have {from}, and no other braces.",
            )
            for url in (
                "https://t.example/?q={text}",
                "https://t.example/?to={to}&q={text}&u={url}",
                "https://{text}.example/{to}",
            )
        ),
        ({"ACADEMY_REDIS_URL": "http://x"}, "ACADEMY_REDIS_URL must begin with redis:// or rediss://."),
    ],
)
def test_a_wrong_setting_is_refused_in_one_sentence(tmp_path: Path, environ: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        read(tmp_path, **environ)
    assert refused.value.message == sentence


@pytest.mark.parametrize(
    "url",
    ["smtp://u:p@127.0.0.1", "smtp://h?from=a@b.c", "smtp://u:p@h?starttls=1&from=a@b.c", "smtps://u:p@h:465", ""],
)
def test_a_good_mail_server_is_taken(tmp_path: Path, url: str) -> None:
    assert from_environment({"ACADEMY_INSTANCE": str(tmp_path), "ACADEMY_SMTP_URL": url}).smtp_url == url


def test_redis_without_its_package_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(SettingsRefused) as refused:
        read(tmp_path, ACADEMY_REDIS_URL="redis://x")
    assert refused.value.message == "ACADEMY_REDIS_URL needs the package of requirements-redis.txt; install it first."


def test_the_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = {
            each.secret_key
            for each in pool.map(lambda _: from_environment({"ACADEMY_INSTANCE": str(tmp_path)}), range(8))
        }
    assert len(secrets) == 1
    assert len(secrets.pop()) >= 32
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_postgresql_means_psycopg_three(tmp_path: Path) -> None:
    settings = from_environment({"ACADEMY_INSTANCE": str(tmp_path), "ACADEMY_DATABASE_URL": "postgresql://u@h/d"})
    assert settings.database_url == "postgresql+psycopg://u@h/d"


def test_only_https_makes_cookies_strict(tmp_path: Path) -> None:
    def secure(url: str) -> bool:
        return from_environment({"ACADEMY_INSTANCE": str(tmp_path), "ACADEMY_PUBLIC_URL": url}).secure

    assert secure("https://academy.example.org")
    assert not secure("http://127.0.0.1:8000")


def test_a_certificate_is_signed_by_whom_the_settings_name(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    found = from_environment(
        {
            "ACADEMY_INSTANCE": str(tmp_path),
            "ACADEMY_CERTIFICATE_LOGO": str(tmp_path / "logo.png"),
            "ACADEMY_CERTIFICATE_SIGNATORIES": "Tariq Nasyrzoda, Coordinator, Tashkent | Gulnara A., Head",
        }
    )
    assert found.certificate_logo == tmp_path / "logo.png"
    assert found.certificate_signatories == (("Tariq Nasyrzoda", "Coordinator, Tashkent"), ("Gulnara A.", "Head"))
