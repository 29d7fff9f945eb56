"""Walking through the site along its links, as somebody would who clicks on everything."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tests.browser import Browser, Malformed, Page

OF_A_KIND = 4
"""How many pages of one kind are opened: the fifth lesson is made as the fourth."""


@dataclass
class Walk:
    """Where somebody has been, and what was wrong there."""

    browser: Browser
    of_a_kind: int = OF_A_KIND
    seen: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def go(self, addresses: list[str], levels: int) -> None:
        """Open these addresses, then what they link to, and so on, so many levels deep."""
        pages = [page for page in map(self._open, addresses) if page is not None]
        if levels:
            found = {link: "" for page in pages for _, link in page.links()}
            self.go([self._whole(link) for link in found if self._is_ours(link)], levels - 1)

    def _open(self, address: str) -> Page | None:
        if address in self.seen or not self._is_new_enough(address):
            return None
        self.seen.add(address)
        try:
            page = self.browser.open(address)
        except Malformed as fault:
            self.faults.append(str(fault))
            return None
        if page.status != 200:
            self.faults.append(f"{address}: {page.status}")
        return page

    def _is_new_enough(self, address: str) -> bool:
        kind = self._kind(address)
        self.kinds[kind] += 1
        return self.kinds[kind] <= self.of_a_kind

    def _kind(self, address: str) -> str:
        adapter = self.browser.app.url_map.bind("localhost")
        try:
            return str(adapter.match(urlsplit(address).path)[0])
        except RequestRedirect as leads:
            return self._kind(leads.new_url)
        except HTTPException:
            return address

    def _is_ours(self, link: str) -> bool:
        parts = urlsplit(link)
        return parts.netloc in {"", "localhost"} and parts.path.startswith("/")

    def _whole(self, link: str) -> str:
        return urlsplit(link)._replace(scheme="", netloc="", fragment="").geturl()
