"""Settings: read once, refused at start with one sentence if wrong."""

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
        (
            {"ACADEMY_LANGUAGES": "en,xx"},
            "ACADEMY_LANGUAGES must list codes out of en, ru, kk, ky, tg, tk, uz, fa, ps.",
        ),
        ({"ACADEMY_LANGUAGES": " , "}, "ACADEMY_LANGUAGES must list codes out of en, ru, kk, ky, tg, tk, uz, fa, ps."),
        ({"ACADEMY_TRUSTED_PROXIES": "many"}, "ACADEMY_TRUSTED_PROXIES must be a whole number."),
        (
            {"ACADEMY_REDIS_URL": "redis://x"},
            "ACADEMY_REDIS_URL needs the package of requirements-redis.txt; install it first.",
        ),
    ],
)
def test_a_wrong_setting_is_refused_in_one_sentence(tmp_path: Path, environ: dict[str, str], sentence: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        read(tmp_path, **environ)
    assert refused.value.message == sentence


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
