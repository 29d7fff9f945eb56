"""Help, the promises, the offline page, the service worker, the map for search engines, the style guide."""

from typing import cast

from flask import Blueprint, Response, current_app, g, render_template, url_for
from flask.typing import ResponseReturnValue

from academy import db
from academy.current import the_settings
from academy.people.guards import public, reveal
from academy.site import sitemap, worker
from academy.web import style_guide
from academy.web.assets import Assets

bp = Blueprint("site", __name__)
HOUR = "public, max-age=3600"


@bp.get("/help", endpoint="help")
@public
def help_page() -> ResponseReturnValue:
    """How everything works, and what to do when it does not."""
    return render_template("academy/site/help.html")


@bp.get("/about")
@public
def about() -> ResponseReturnValue:
    """What this place is and what it is not."""
    return render_template("academy/site/about.html")


@bp.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """What was tested, and what is known to be missing."""
    return render_template("academy/site/accessibility.html")


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What is stored, for how long, and who sees it."""
    return render_template("academy/site/privacy.html")


@bp.get("/offline")
@public
def offline() -> ResponseReturnValue:
    """What is kept on this phone. The page lies on the phone too, so it says nothing of whoever asked for it."""
    g.actor = None  # from here on the page is drawn as for a visitor, and messages wait for the next one
    return render_template("academy/site/offline.html", get_flashed_messages=_no_messages)


def _no_messages(*, with_categories: bool = False) -> list[tuple[str, str]]:
    del with_categories
    return []


@bp.get("/sw.js")
@public
def service_worker() -> Response:
    """The script that answers when the network does not; at the root, so that it may answer for every page."""
    assets = cast("Assets", current_app.extensions["academy.assets"])
    response = Response(worker.script(assets, url_for("site.offline")), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/sitemap.xml")
@public
def site_map() -> Response:
    """Every page that is for everybody."""
    text = sitemap.as_xml(the_settings().public_url, sitemap.paths(db.session))
    response = Response(text, mimetype="application/xml")
    response.headers["Cache-Control"] = HOUR
    return response


@bp.get("/style")
@public
def style() -> ResponseReturnValue:
    """The living style guide, for those who build pages: only on a developer's own installation."""
    reveal(the_settings().development)
    return render_template("style/show.html", **style_guide.examples())
