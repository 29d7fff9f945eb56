"""What every template may rely on: the site, the asker, the top bar."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, request

from academy import i18n
from academy.i18n import gettext as _
from academy.people.actor import current_actor
from academy.settings import Settings
from academy.web import navigation, ways
from academy.web.chrome import chrome

YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True)
class Site:
    """The installation, as pages speak of it."""

    name: str
    url: str
    development: bool

    @cached_property
    def languages(self) -> tuple[tuple[str, str, str], ...]:
        """The languages on offer: code, own name, direction."""
        offered = (i18n.language_of(code) for code in i18n.offered())
        return tuple((language.code, language.own_name, language.direction) for language in offered)

    @property
    def subtitle(self) -> str:
        """What the place is, under its name."""
        return _("Preventive diplomacy academy")

    @property
    def theme(self) -> str:
        """`light` or `dark` when the member chose one, else ''."""
        actor = current_actor()
        return actor.theme if actor else ""

    @property
    def language(self) -> str:
        """The code of the language the page's words are in."""
        return i18n.current_language().code

    @property
    def chosen(self) -> str:
        """The code of the language the reader chose, whether or not the site has its words."""
        return i18n.current_code()

    @property
    def direction(self) -> str:
        """`ltr` or `rtl`."""
        return i18n.current_language().direction

    def address_in(self, code: str) -> str:
        """The page at hand in another language."""
        if not request.query_string:
            return f"?lang={code}"
        query = {**request.args.to_dict(flat=False), "lang": [code]}
        return f"?{urlencode(query, doseq=True)}"


def init_app(app: Flask, settings: Settings) -> None:
    """Give templates their common values; remember a language asked for by address."""
    site = Site(settings.name, settings.public_url, settings.development)
    app.jinja_env.globals["address_of"] = navigation.address_of
    app.jinja_env.globals["pages_beside"] = ways.here
    app.jinja_env.globals["ours"] = i18n.current_language

    @app.context_processor
    def common() -> dict[str, Any]:
        return {
            "site": site,
            "actor": current_actor(),
            "chrome": chrome(site),
        }

    @app.after_request
    def remember_language(response: Response) -> Response:
        asked = request.args.get("lang", "")
        if asked in settings.languages and request.cookies.get(i18n.COOKIE) != asked:
            response.set_cookie(i18n.COOKIE, asked, max_age=YEAR, secure=settings.secure, httponly=True, samesite="Lax")
        return response
