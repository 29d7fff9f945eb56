"""The forum with 100 topics and with 100,000 topics of 1,000,000 posts: CPU of every page, and how it grows.

BENCH_KEEP=FOLDER keeps the seeded sites there, so that the next run need not seed anew.
"""

import os
import secrets
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks import desk, forum_writers
from benchmarks.cpu import BARE_COUNTED, UNIT, WARM, cost, verdict, whole_cost
from benchmarks.forum_site import FULL, PLACE, SMALL, Site, a_rare_word, servers, site
from benchmarks.servers import Server, serving
from tests.postgres import PostgresMissing

TIMES, AT_ONCE, TURNS = 120, 48, 3
LISTS, POSTS = 1.15, 1.3
"""How much a page may grow with 100,000 topics, and with 1,000,000 posts."""
COMMON = "people"


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its address, what it may cost in L (0: nothing is said of it), how much it may grow, what it lists."""

    name: str
    path: Callable[[Site], str]
    units: float
    growth: float
    lists: bytes
    counted: bool = False
    """Whether the site counts how often it is asked for: then all is forgotten before each round."""


def _at(share: float) -> Callable[[Site], str]:
    return lambda site: site.talks[0].path(1 + int((site.talks[0].posts - 1) * share))


def _path(path: str) -> Callable[[Site], str]:
    return lambda _site: path


TOPIC, POST = b'<li class="topic', b'<article class="entry'
PAGES = (
    Page("front of the forum", _path("/forum/"), 2.2, LISTS, TOPIC),
    Page("topics of a place, first page", _path(f"/forum/{PLACE}/"), 2.0, LISTS, TOPIC),
    Page("topics of a place, last page", _path(f"/forum/{PLACE}/?page=last"), 2.0, LISTS, TOPIC),
    Page("topic of 20 posts, first page", _at(0), 2.2, POSTS, POST),
    Page("topic of 20 posts, in the middle", _at(0.5), 2.2, POSTS, POST),
    Page("topic of 20 posts, last page", _at(1), 2.2, POSTS, POST),
    Page("what is new for me", _path("/forum/new"), 2.0, POSTS, TOPIC),
    Page("search, a rare word", _path(f"/forum/search?q={a_rare_word()}"), 0, POSTS, TOPIC, counted=True),
    Page("search, a word of many posts", _path(f"/forum/search?q={COMMON}"), 0, POSTS, TOPIC, counted=True),
)
REPLY_UNITS = 2.0
OTHERS = (
    # Measured with the same method on their machine, where L was 0.66 ms: CPU ms, and queries.
    ("topic of 20 posts", "67.4 [19]", "61.5 [50]", "topic of 20 posts, first page"),
    ("topics of a place, 100,000 topics, first page", "264", "443", "topics of a place, first page"),
    ("topics of a place, 100,000 topics, last page", "535", "846", "topics of a place, last page"),
)


@dataclass(frozen=True, slots=True)
class Spent:
    """What a page costs in the small and in the full site, in milliseconds of CPU, and the full one in L."""

    small: float
    full: float
    units: float


def report() -> list[str]:
    """Measure every page at both sizes on both databases, and thirty who write at once; Markdown tables."""
    lines = [
        (
            f"{FULL.topics:,} topics with {FULL.posts:,} posts by 50,000 members, the longest of 10,000 posts, against "
            f"{SMALL.topics} topics with {SMALL.posts:,} posts; gunicorn sync, one worker, warm, signed in; what the "
            f"database spends counts too. The least of {TURNS} × {TIMES} requests. L is three times a bare view."
        ),
        "",
    ]
    spent: dict[str, Spent] = {}
    writers = []
    with site(FULL) as full, site(SMALL) as small:
        lines += [*_table("SQLite", small, full, spent), ""]
        writers.append(forum_writers.line("SQLite", full))
    try:
        with servers() as server, site(FULL, server) as full, site(SMALL, server) as small:
            lines += [*_table("PostgreSQL", small, full, {}), ""]
            writers.append(forum_writers.line("PostgreSQL", full))
    except PostgresMissing as missing:
        lines.append(str(missing))
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return [
        *lines,
        *forum_writers.HEADING,
        *writers,
        "",
        *_beside(spent),
        "",
        f"Load average of the machine while measuring: {load}.",
    ]


def _table(database: str, small: Site, full: Site, spent: dict[str, Spent]) -> Iterator[str]:
    yield f"| {database} | queries | at 100 topics, ms | at 100,000 | growth | | L | |"
    yield "|---|---|---|---|---|---|---|---|"
    with (
        serving("benchmarks.bare:app", {}) as bare,
        serving("wsgi:create_app()", small.environment) as few,
        serving("wsgi:create_app()", full.environment) as many,
    ):
        asked = ((few, small), (many, full))
        for page in PAGES:
            spent[page.name] = _measured(page, bare, asked)
            yield _line(_named(page, asked), _queries(page, small, full), spent[page.name], page.growth, page.units)
        yield _line("reply", "", _replies(bare, asked), POSTS, REPLY_UNITS)


def _line(name: str, queries: str, found: Spent, growth: float, units: float) -> str:
    grown = found.full / found.small
    kept = verdict(found.units, units) if units else ""
    figures = f"{queries} | {found.small:.2f} | {found.full:.2f} | {grown:.2f} | {verdict(grown, growth)}"
    return f"| {name} | {figures} | {found.units:.2f} | {kept} |"


def _named(page: Page, asked: Sequence[tuple[Server, Site]]) -> str:
    """The page's name, and what it lists where that is not the same at both sizes."""
    shown = []
    for server, seeded in asked:
        status, body, _ = server.get(page.path(seeded), {"Cookie": seeded.cookie})
        if status != 200:  # noqa: PLR2004
            raise RuntimeError(f"{page.path(seeded)}: {status}")
        shown.append(body.count(page.lists))
    return page.name if len(set(shown)) == 1 else f"{page.name} ({shown[0]} lines against {shown[1]})"


def _queries(page: Page, small: Site, full: Site) -> str:
    found = []
    for each in (small, full):
        each.forget_limits()
        client = each.app.test_client(use_cookies=False)
        found.append(desk.spent(each.app, client, page.path(each), each.cookie).queries)
        each.app.extensions["academy.database"].dispose()
    return str(found[0]) if found[0] == found[1] else f"{found[0]} → {found[1]}"


def _measured(page: Page, bare: Server, asked: Sequence[tuple[Server, Site]]) -> Spent:
    times = AT_ONCE if page.counted else TIMES

    def round_of(server: Server, seeded: Site) -> float:
        if page.counted:
            seeded.forget_limits()
        return whole_cost(server, page.path(seeded), {"Cookie": seeded.cookie}, seeded.backends, times)

    for server, seeded in asked:
        if page.counted:
            seeded.forget_limits()
        cost(server, page.path(seeded), {"Cookie": seeded.cookie}, min(WARM, times))
    return _least(bare, [lambda each=each: round_of(*each) for each in asked])  # type: ignore[misc]


def _replies(bare: Server, asked: Sequence[tuple[Server, Site]]) -> Spent:
    """A reply to a topic that goes on and on, by one writer after another; words without Markdown."""

    def round_of(server: Server, seeded: Site) -> float:
        seeded.forget_limits()
        spent = 0.0
        for writer in seeded.writers:
            spent += whole_cost(
                server,
                f"/forum/t/{seeded.talks[1].id}/reply",
                {"Cookie": writer.cookie},
                seeded.backends,
                2,
                _reply(writer.form),
            )
        return spent / len(seeded.writers)

    for each in asked:
        round_of(*each)
    return _least(bare, [lambda each=each: round_of(*each) for each in asked])  # type: ignore[misc]


def _reply(form: str) -> dict[str, str]:
    return {"csrf_token": form, "text": "We asked again on Thursday", "token": secrets.token_hex(16), "language": "en"}


def _least(bare: Server, rounds: Sequence[Callable[[], float]]) -> Spent:
    """The least of turns: whatever else the machine does can only add to them."""
    turns = [(cost(bare, "/", {}, BARE_COUNTED), *(each() for each in rounds)) for _ in range(TURNS)]
    unit, small, full = (min(each) for each in zip(*turns, strict=True))
    return Spent(small, full, full / (unit * UNIT))


def _beside(spent: dict[str, Spent]) -> Iterator[str]:
    yield "What others take, CPU ms [queries], signed in, measured with the same method (there L was 0.66 ms):"
    yield ""
    yield "| | FlaskBB 2.1 | Moodle 4.5 | here, ms | here, L |"
    yield "|---|---|---|---|---|"
    for name, flaskbb, moodle, ours in OTHERS:
        yield f"| {name} | {flaskbb} | {moodle} | {spent[ours].full:.2f} | {spent[ours].units:.2f} |"


if __name__ == "__main__":
    sys.stdout.write("\n".join(report()) + "\n")
