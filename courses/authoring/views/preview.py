"""Pages of a draft exactly as learners will get them, and its pictures, for those who have a part in the course."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import Response, make_response, render_template, request, url_for
from markupsafe import Markup

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import current_code, language_of, offered, speak
from academy.i18n import gettext as _
from academy.kept import nothing_kept
from academy.people.actor import Actor, seen_by, signed_in_actor
from academy.people.guards import reveal, trainers
from academy.web.headers import policy
from courses.authoring import previews, queries
from courses.authoring.drafted import Drafted, Subject, languages_for, rendered
from courses.authoring.inert import inert, with_ribbon
from courses.authoring.models import DraftFile
from courses.authoring.previews import Shown, View
from courses.authoring.problems import problems
from courses.authoring.views.blueprint import bp, draft_or_404
from courses.catalogue import stored
from courses.catalogue.addresses import Addresses
from courses.catalogue.content import LANGUAGES, Media
from courses.catalogue.queries import SHORTEST_DIGEST, type_of
from courses.catalogue.reader import media as media_reader
from courses.catalogue.reader.faults import CourseFaults, Fault, Notes
from courses.catalogue.staff import is_staff_of, teaches

THEMES = ("light", "dark")
FRAMED = policy(frame_ancestors="'self'", form_action="'none'")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a preview was asked for: the learner's language and theme, which view of it, whether in a frame."""

    language: str
    theme: str
    view: str
    framed: bool

    def address(self, slug: str, path: str, **changed: str) -> str:
        """The address of a preview in this manner, or in another one."""
        asked = {"language": self.language, "theme": self.theme, "view": self.view, **changed}
        if self.framed:
            asked["framed"] = "yes"
        query = urlencode({name: value for name, value in asked.items() if value})
        plain = url_for("authoring.preview", slug=slug, path=path)
        return f"{plain}?{query}" if query else plain


class DraftAddresses(Addresses):
    """Where the files of a draft are shown to those who work on it."""

    def __init__(self, drafted: Drafted, manner: Manner) -> None:
        super().__init__(drafted.course)
        course, plain = drafted.course, replace(manner, view="")
        self.pages = {"course.md": plain.address(course.slug, "course.md")}
        self.pages |= {
            path: plain.address(course.slug, path) for lesson in course.lessons if (path := lesson.text().path)
        }

    def media(self, file: Media) -> str:
        """The address of a media file of the draft."""
        return url_for(
            "authoring.draft_media", slug=self.course.slug, digest=file.digest[:SHORTEST_DIGEST], name=file.name
        )


@bp.get("/<slug>/draft/preview/<path:path>")
@trainers
def preview(slug: str, path: str) -> Response:
    """One file of a draft as learners will see it, in any language, light or dark."""
    actor = signed_in_actor()
    reveal(is_staff_of(actor, slug))
    draft_or_404(slug)
    drafted = Drafted(slug, queries.files_of(db.session, slug))
    if path not in drafted.files:
        raise NotFound
    response = make_response(_page(drafted, path, actor))
    response.headers["Content-Security-Policy"] = FRAMED
    return response


def _page(drafted: Drafted, path: str, actor: Actor) -> str:
    subject = drafted.subject(path)
    if subject is None:
        return _not_shown(drafted, path, drafted.faults(path))
    if subject.key.endswith("/"):  # a module has no page of its own: it stands on the course's
        subject = Subject("", subject.language, tuple(drafted.course.texts))
    manner = _manner(subject.language)
    try:
        return _drawn(drafted, path, subject, manner, actor)
    except CourseFaults as refusal:
        return _not_shown(drafted, path, refusal.faults)


def _manner(own: str) -> Manner:
    asked = request.args
    language = asked.get("language", "")
    theme = asked.get("theme", "")
    return Manner(
        language if language in LANGUAGES else own,
        theme if theme in THEMES else "",
        asked.get("view", ""),
        bool(asked.get("framed")),
    )


def _drawn(drafted: Drafted, path: str, subject: Subject, manner: Manner, actor: Actor) -> str:
    views = previews.views_of(subject.kind)
    view = next((each for each in views if each.name == manner.view), views[0])
    now, course = clock.now(), drafted.course
    languages = languages_for(course, manner.language)
    live = drafted.live(now)
    page = rendered(live, DraftAddresses(drafted, manner), subject, languages)
    learner = Actor(actor.id, actor.display_name, manner.language, manner.theme)
    ribbon = "" if manner.framed else _ribbon(drafted, path, subject, manner, views, view)
    html = _painted(view, Shown(learner, live, subject.lesson, page, languages, now), manner.language)
    targets = _targets(drafted, manner) | _languages(course.slug, path, manner)
    return with_ribbon(inert(html, targets, f"/courses/{course.slug}/"), ribbon)


def _painted(view: View, shown: Shown, language: str) -> str:
    """The page of this learner, in whose language the site speaks if it can."""
    before = current_code()
    with seen_by(shown.learner), nothing_kept():
        if language in offered():
            speak(language)
        try:
            return view.paint(shown)
        finally:
            speak(before)


def _languages(slug: str, path: str, manner: Manner) -> dict[str, str]:
    """The preview in each language, in the place of what the bar and the foot of a page would ask for."""
    asked = request.args.to_dict(flat=False)
    return {
        f"?{urlencode({**asked, 'lang': [code]}, doseq=True)}": manner.address(slug, path, language=code)
        for code in offered()
    }


def _targets(drafted: Drafted, manner: Manner) -> dict[str, str]:
    """The preview for every address a learner's page of this course may link to."""
    course, plain = drafted.course, replace(manner, view="")
    pages = {f"/courses/{course.slug}/": plain.address(course.slug, "course.md")}
    for lesson in course.lessons:
        pages[f"/courses/{course.slug}/{lesson.key}/"] = plain.address(course.slug, lesson.text().path)
    previewed = {address: address for address in pages.values()}
    return pages | previewed


def _ribbon(
    drafted: Drafted, path: str, subject: Subject, manner: Manner, views: tuple[View, ...], view: View
) -> Markup:
    """What stands above a preview that is not in a frame: the way back, and other ways to look at it."""
    slug = drafted.slug
    return Markup(  # noqa: S704  a template of ours
        render_template(
            "courses/authoring/ribbon.html",
            way_back=_way_back(slug, path),
            views=[(each.words, manner.address(slug, path, view=each.name), each is view) for each in views],
            languages=[
                (language_of(code), manner.address(slug, path, language=code), code == manner.language)
                for code in subject.languages
            ],
            themes={theme: manner.address(slug, path, theme=theme) for theme in THEMES},
        )
    )


def _way_back(slug: str, path: str) -> tuple[str, str]:
    """Words and address of where a preview leads back to: reviewers and markers may not open the editor."""
    if teaches(signed_in_actor(), slug):
        return _("Back to the text"), url_for("authoring.edit", slug=slug, path=path)
    return _("Back to teaching"), url_for("teaching.index")


def _not_shown(drafted: Drafted, path: str, faults: Iterable[Fault]) -> str:
    return render_template(
        "courses/authoring/preview_not.html",
        path=path,
        problems=problems(faults),
        way_back=_way_back(drafted.slug, path),
        terms=drafted.terms(path),
        framed=bool(request.args.get("framed")),
    )


@bp.get("/<slug>/draft/media/<digest>/<name>")
@trainers
def draft_media(slug: str, digest: str, name: str) -> Response:
    """A picture or a document of a draft, if it is what its name says."""
    reveal(is_staff_of(signed_in_actor(), slug))
    path = f"media/{name}"
    file = db.session.get(DraftFile, (slug, path))
    if file is None or len(digest) < SHORTEST_DIGEST or not file.digest.startswith(digest):
        raise NotFound
    content = stored.load(db.session, [file.digest])[file.digest]
    if media_reader.read(path, content, Notes(slug).on(path)) is None:
        raise NotFound
    response = make_response(content)
    response.mimetype = type_of(name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
