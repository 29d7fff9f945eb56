"""Somebody who looks over the shoulder of whoever uses the site: takes pictures and notes every fault."""

import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HAS_AXE = "typeof axe !== 'undefined'"
RUN_AXE = "axe.run({resultTypes: ['violations'], preload: false}).then(({violations}) => violations)"
LOCAL_SCHEMES = frozenset({"data", "blob"})


class Watch:
    """What was seen during one test: numbered pictures in a folder, and faults."""

    def __init__(self, site_url: str, folder: Path) -> None:
        self.site, self.folder = urlsplit(site_url).netloc, folder
        self.faults: list[str] = []
        self._taken, self._axe_script = 0, Axe().axe_script

    def follow(self, context: BrowserContext) -> None:
        """Listen to everything this phone says and asks for."""
        context.on("request", self._note_request)
        context.on("console", self._note_console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))

    def step(self, page: Page, name: str, *, axe: bool = True) -> None:
        """Take a picture of the page as it is, look for faults on it, and fail if there was any up to now."""
        self._taken += 1
        self.picture(page, f"{self._taken:02}-{name}")
        self.check(page, name, axe=axe)
        self.refuse_faults()

    def picture(self, page: Page, name: str, kind: Literal["png", "jpeg"] = "png") -> None:
        """Save the whole page as a picture; a JPEG is made three times as fast."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.{kind}"
        page.screenshot(path=path, full_page=True, type=kind, quality=70 if kind == "jpeg" else None)

    def check(self, page: Page, name: str, *, axe: bool = True) -> None:
        """Note whether the page is wider than the window, and what axe finds on it."""
        excess = page.evaluate(TOO_WIDE)
        if excess > 0:
            self.faults.append(f"{name}: {excess} px wider than the window")
        if axe:
            self.faults.extend(f"{name}: {found}" for found in self._axe_says(page))

    def refuse_faults(self) -> None:
        """Fail with everything that was wrong."""
        assert not self.faults, "\n".join(self.faults)

    def _axe_says(self, page: Page) -> list[str]:
        if not page.evaluate(HAS_AXE):
            page.evaluate(self._axe_script)
        return [
            f"axe {each['id']}: {node['html'][:120]} ({node['failureSummary'][:300]})"
            for each in page.evaluate(RUN_AXE)
            for node in each["nodes"][:3]
        ]

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in LOCAL_SCHEMES and parts.netloc != self.site:
            self.faults.append(f"a request to another host: {request.url}")

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text} ({message.location.get('url', '')})")
