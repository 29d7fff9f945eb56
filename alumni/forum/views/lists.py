"""The front of the forum, the list of a place's topics, and the topics with a tag."""

from typing import Any

from flask import make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.markdown import kept
from academy.people.guards import public
from academy.web.paging import LARGEST
from alumni.forum.following.queries import new_in_places
from alumni.forum.following.rules import following
from alumni.forum.following.words import LEVELS, OF_PLACES
from alumni.forum.places import queries as places
from alumni.forum.places.asking import Asker
from alumni.forum.topics import listing
from alumni.forum.topics.listing import MOST_ANNOUNCEMENTS, Listed
from alumni.forum.topics.queries import tag_pairs
from alumni.forum.topics.rules import PAGE, rights_in
from alumni.forum.views import visitors
from alumni.forum.views.addresses import place_path
from alumni.forum.views.arriving import arrived
from alumni.forum.views.blueprint import bp, lost, page, the_asker
from alumni.forum.views.lists_page import is_open_to_all, lines_of

LATEST = 10


@bp.get("/")
@public
def index() -> ResponseReturnValue:
    """The places of the forum, announcements, and where people write now."""
    asker = the_asker()
    announced = listing.across(db.session, asker, "announced", before=LARGEST, most=MOST_ANNOUNCEMENTS)
    latest = listing.across(db.session, asker, "latest", before=LARGEST, most=LATEST)
    arrived(asker, [*latest, *announced])
    rooms = places.categories_for(db.session, asker)
    new = new_in_places(db.session, asker, now=clock.now())

    def draw() -> str:
        return render_template(
            "alumni/forum/index.html",
            rooms=[
                (each.name, place_path(each.slug), kept(each.description_html), new.get(each.id, 0)) for each in rooms
            ],
            member=asker.actor is not None,
            announced=lines_of(asker, announced, with_place=True),
            latest=lines_of(asker, [row for row in latest if row.pinned < listing.ANNOUNCEMENT], with_place=True),
        )

    rows = [*announced, *latest]
    return _kept_out(asker, rows, visitors.page_of(tuple(map(tuple, (*rooms, *rows))), draw))


def _kept_out(asker: Asker, rows: list[Any], answer: ResponseReturnValue) -> ResponseReturnValue:
    response = make_response(answer)
    if not is_open_to_all(asker, rows):
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@bp.get("/archive")
@public
def archive() -> ResponseReturnValue:
    """The places that are only read any more."""
    asker = the_asker()
    return page("archive", rooms=places.categories_for(db.session, asker, archived=True))


@bp.get("/<slug>/")
@public
def category(slug: str) -> ResponseReturnValue:
    """The topics of a place, those with the latest posts first."""
    asker, cut = the_asker(), listing.cut_of(request.args.get("page", ""))
    found = listing.in_category(db.session, asker, slug, cut)
    if found is None:
        raise lost(asker)
    arrived(asker, [found.place])
    place = found.place

    def draw() -> str:
        followed = following("", "", place.place_level).level
        return render_template(
            "alumni/forum/category.html",
            place=place,
            about=kept(place.description_html),
            topics=lines_of(asker, found.topics),
            announced=lines_of(asker, found.announcements),
            rights=rights_in(asker, place, keeps=place.keeps),
            levels=LEVELS,
            followed=followed,
            reason=OF_PLACES[followed],
            member=asker.actor is not None,
            path=place_path(slug),
            ways=_ways(slug, found),
        )

    rows = [*found.announcements, *found.topics]
    return _kept_out(asker, rows, visitors.page_of((found.newer, found.older, *map(tuple, (place, *rows))), draw))


def _ways(slug: str, found: Listed) -> dict[str, str]:
    path = place_path(slug)
    return {
        "first": path if found.newer else "",
        "newer": f"{path}?page={found.newer}" if found.newer else "",
        "older": f"{path}?page={found.older}" if found.older else "",
        "last": f"{path}?page={listing.LAST}" if found.older else "",
    }


@bp.get("/tags/<key>")
@public
def tag(key: str) -> ResponseReturnValue:
    """The topics of all places that are marked with a word."""
    asker = the_asker()
    before = request.args.get("before", LARGEST, type=listing.place_of)
    rows = listing.across(db.session, asker, "tag", before=before, most=PAGE + 1, tag=key[:32])
    shown = rows[:PAGE]
    words = next((words for row in shown for each, words in tag_pairs(row.tags) if each == key), key)
    older = url_for("forum.tag", key=key, before=shown[-1].last_post_id) if len(rows) > PAGE else ""

    def draw() -> str:
        topics = lines_of(asker, shown, with_place=True)
        return render_template("alumni/forum/tag.html", words=words, topics=topics, older=older)

    # Anybody can think up tags: of those that no topic has, no page is kept.
    answer = visitors.page_of((older, *map(tuple, shown)), draw) if shown else draw()
    return _kept_out(asker, shown, answer)
