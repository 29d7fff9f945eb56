"""What is asked of the site in a day, in small: visitors, learners, a trainer, an admin, files, sign-ins, sheets."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from benchmarks.servers import Server
from benchmarks.site import COURSE, LESSON, PEOPLE, Peopled, opened

LANGUAGES = ("en", "ru", "fa", "ps", "uz", "de")
FOR_ANYBODY = ("/", "/courses/", "/about", "/help", "/privacy", "/accessibility", "/verify/", "/account/sign-in")
NOT_THERE = ("/wp-login.php", "/courses/nothing/", "/.env", "/c/0000-0000-0000-0000")
OWN = ("/", "/courses/", "/my/notices", "/my/certificates", "/account/", "/account/sessions", "/account/data")
TEACHING = ("/teach/", "/teach/marking", f"/teach/{COURSE}/")
RUNNING = ("/admin/", "/admin/people", "/admin/audit", "/admin/letters", "/admin/cohorts/", "/admin/certificates/")
SHARES = {"visitor": 45, "learner": 38, "trainer": 6, "admin": 6, "file": 3, "sign-in": 1, "sheet": 1}
BROKEN = 500


@dataclass
class Asker:
    """One connection and all that is needed to ask like anybody."""

    site: Server
    people: Peopled
    chance: random.Random
    cookies: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def ask(self, times: int) -> None:
        """Send so many requests; raises when the site breaks."""
        names, weights = list(SHARES), list(SHARES.values())
        for name in self.chance.choices(names, weights, k=times):
            status = self._one(name)
            if status >= BROKEN:
                raise RuntimeError(f"{name}: {status}")

    def _one(self, name: str) -> int:
        if name == "visitor":
            return self.site.get(self._page_for_anybody(), {"Accept-Language": self.chance.choice(LANGUAGES)})[0]
        if name == "file":
            return self.site.get(self.chance.choice(self.people.files))[0]
        if name == "sign-in":
            return self._sign_in()
        if name == "sheet":
            return self.site.get(f"{self.people.certificate}.pdf", {"Cookie": self._cookie("alumnus")})[0]
        if name == "learner" and self.chance.random() < 0.1:  # noqa: PLR2004  a tenth of what learners do is writing
            return self._mark_as_done()
        pages = {"learner": (*OWN, *self.people.lessons), "trainer": TEACHING, "admin": RUNNING}[name]
        return self.site.get(self.chance.choice(pages), {"Cookie": self._cookie(name)})[0]

    def _page_for_anybody(self) -> str:
        kinds: tuple[tuple[str, ...], ...] = (FOR_ANYBODY, self.people.lessons, (self.people.certificate,), NOT_THERE)
        path = self.chance.choice(self.chance.choices(kinds, (5, 4, 2, 1))[0])
        return f"{path}?{urlencode({'from': self.chance.randrange(10**6)})}" if self.chance.randrange(4) == 0 else path

    def _cookie(self, name: str) -> str:
        return self.cookies.get(name) or self.people.cookies[name]

    def _mark_as_done(self) -> int:
        if "learner" not in self.tokens:
            self.cookies["learner"], self.tokens["learner"] = opened(self.site, LESSON, self.people.cookies["learner"])
        sent = urlencode({"csrf_token": self.tokens["learner"]})
        return self.site.post(f"{LESSON}done", sent, {"Cookie": self.cookies["learner"]})[0]

    def _sign_in(self) -> int:
        if "visitor" not in self.tokens:
            self.cookies["visitor"], self.tokens["visitor"] = opened(self.site, "/account/sign-in", "language=en")
        who = self.people.passwords[self.chance.choice(PEOPLE)]
        sent = {"csrf_token": self.tokens["visitor"], "email": who[0], "password": who[1]}
        return self.site.post("/account/sign-in", urlencode(sent), {"Cookie": self.cookies["visitor"]})[0]


def askers(site: Server, people: Peopled, count: int) -> Iterator[Asker]:
    """So many who ask at once, each with its own dice."""
    for number in range(count):
        yield Asker(Server(site.port, site.master), people, random.Random(number))  # noqa: S311  no secret
