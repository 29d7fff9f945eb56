"""What a process keeps stays within its bounds, whatever strangers ask for."""

import gc
from pathlib import Path

import pytest
from flask import Flask
from jinja2.environment import create_cache

from academy.kept import keep
from academy.web import chrome, whole_pages
from tests.browser import Browser

MEBIBYTE = 1024 * 1024


def test_the_oldest_goes_first() -> None:
    kept: dict[str, int] = {}
    for number, name in enumerate("abcd"):
        keep(kept, name, number, 3)
    assert kept == {"b": 1, "c": 2, "d": 3}


def test_queries_that_strangers_think_up_fill_nothing_and_push_nothing_out(app: Flask, browser: Browser) -> None:
    browser.open("/courses/")
    pages, bars = (dict(app.extensions[name]) for name in ("academy.whole_pages", "academy.chrome"))
    for number in range(60):
        assert browser.open(f"/courses/?from={number}").status == 200
    assert len(app.extensions["academy.whole_pages_asked"]) == whole_pages.MOST_OF_QUERIES
    assert len(app.extensions["academy.chrome_asked"]) == chrome.MOST_OF_QUERIES
    assert app.extensions["academy.whole_pages"] == pages
    assert app.extensions["academy.chrome"] == bars


def test_a_template_is_compiled_once_for_all_processes(
    app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.open("/help")
    monkeypatch.setattr(app.jinja_env, "cache", create_cache(400))  # as a new process begins
    monkeypatch.setattr(app.jinja_env, "compile", lambda *_: pytest.fail("A template was compiled again."))
    assert browser.open("/help").status == 200


def test_visitors_who_ask_for_ever_new_addresses_do_not_fill_the_memory(app: Flask) -> None:
    visitor = app.test_client(use_cookies=False)

    def ask(times: range) -> None:
        for number in times:
            visitor.get(f"/courses/?from={number}", headers={"Accept-Language": ("en", "ru", "fa")[number % 3]})
            visitor.get(f"/nothing-{number}")

    ask(range(100))
    before = _own_memory()
    ask(range(100, 900))
    assert _own_memory() - before < 3 * MEBIBYTE


def _own_memory() -> int:
    gc.collect()
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("RssAnon:"))
