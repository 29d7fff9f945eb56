"""Find a mentor, and ask for one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db, i18n
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import require, reveal, signed_in
from academy.web import limits
from academy.web.forms import hang, said
from academy.web.paging import ROW, row_number
from alumni.mentoring import asking, queries, rules, words
from alumni.mentoring.asking import Asking
from alumni.mentoring.forms import AskForm, FindForm
from alumni.mentoring.models import Mentor
from alumni.mentoring.refusals import AskedAlready
from alumni.mentoring.rules import Room
from alumni.mentoring.views.blueprint import (
    ASKS,
    INVALID,
    bp,
    let_write,
    looking,
    may_ask,
    may_look,
    named,
    page,
    today,
)
from alumni.profiles.queries import Byline, member_behind
from alumni.profiles.topics import words_of
from alumni.profiles.viewers import Viewer
from alumni.profiles.words import own_names


@dataclass(frozen=True, slots=True)
class Shown:
    """A mentor as a page draws them."""

    number: int
    person: Byline
    words: str
    topics: Sequence[str]
    languages: str
    free: bool
    room: str
    """How many places are free, or until when they rest."""


def room_of(mentor: Mentor) -> Room:
    """Whether a mentor can be asked."""
    return Room(mentor.capacity, mentor.taken, mentor.paused_until, bool(mentor.stopped_at or mentor.withheld_at))


def shown(viewer: Viewer, mentors: Sequence[Mentor]) -> list[Shown]:
    """These mentors as a page draws them (two queries)."""
    people = named(viewer, [each.member_id for each in mentors])
    terms = queries.terms_of(db.session, [each.id for each in mentors])
    return [_shown(each, people[each.member_id], terms[each.id]) for each in mentors]


def _shown(mentor: Mentor, person: Byline, terms: queries.Terms) -> Shown:
    room, day = room_of(mentor), today()
    return Shown(
        number=mentor.id,
        person=person,
        words=mentor.words,
        topics=words_of(terms[queries.TOPICS]),
        languages=" · ".join(own_names(terms[queries.LANGUAGES])),
        free=room.free(day),
        room=_room_in_words(room, mentor),
    )


def _room_in_words(room: Room, mentor: Mentor) -> str:
    if mentor.paused_until is not None and room.paused(today()):
        return _("Takes a rest until %(day)s", day=i18n.long_date(mentor.paused_until))
    return words.places(room.places) if room.places else _("No place free now")


@bp.get("/alumni/mentoring")
@signed_in
def index() -> ResponseReturnValue:
    """Who offers to be a mentor."""
    actor, viewer = looking()
    if not may_look(actor, viewer):
        return page("closed")
    form = FindForm(request.args, meta={"csrf": False})
    form.offer()
    wanted = _wanted(form)
    found = queries.mentors_before(db.session, viewer, wanted, request.args.get("before", type=row_number), today())
    return page(
        "index",
        form=form,
        active=sum(map(bool, (wanted.topic, wanted.language, not wanted.only_free))),
        mentors=shown(viewer, found[: queries.PAGE]),
        may_ask=may_ask(actor, viewer),
        waiting=queries.waiting_of(db.session, actor.id),
        topic=wanted.topic,
        more=_more(found, wanted) if len(found) > queries.PAGE else "",
        first=_here(wanted) if "before" in request.args else "",
    )


def _wanted(form: FindForm) -> queries.Wanted:
    form.validate()
    topic, language = ("" if field.errors else said(field) for field in (form.topic, form.language))
    return queries.Wanted(topic, language, only_free=not form.full.data)


def _here(wanted: queries.Wanted, before: int | None = None) -> str:
    full = None if wanted.only_free else "y"
    language, topic = wanted.language or None, wanted.topic or None
    return url_for("mentoring.index", topic=topic, language=language, full=full, before=before)


def _more(found: Sequence[Mentor], wanted: queries.Wanted) -> str:
    return _here(wanted, before=found[queries.PAGE - 1].id)


@bp.get("/alumni/mentoring/with/<handle>")
@signed_in
def ask_member(handle: str) -> ResponseReturnValue:
    """From a profile to the form by which this member is asked."""
    actor, viewer = looking()
    member_id = member_behind(db.session, viewer, handle)
    reveal(may_look(actor, viewer) and member_id is not None)
    require(may_ask(actor, viewer))
    number = queries.free_offer_of(db.session, viewer, member_id or 0, today())
    if number is None:
        raise NotFound
    return redirect(url_for("mentoring.ask", number=number), code=303)


@bp.route(f"/alumni/mentoring/mentors/<{ROW}:number>/ask", methods=["GET", "POST"])
@signed_in
def ask(number: int) -> ResponseReturnValue:
    """Ask a mentor, and say who comes second and third."""
    if request.method == "POST":
        limits.spend(ASKS, signed_in_actor().id)
    actor, viewer = looking()
    reveal(may_look(actor, viewer))
    require(may_ask(actor, viewer))
    mentor = queries.mentor_for(db.session, viewer, number)
    if mentor is None:
        raise NotFound
    topics = queries.terms_of(db.session, [mentor.id])[mentor.id][queries.TOPICS]
    others = shown(viewer, queries.others_for(db.session, viewer, mentor, topics, today()))
    form = _ask_form(topics, others)
    if form.validate_on_submit() and _fits(form, mentor, others) and (made := _asked(form, mentor)) is not None:
        flash(_("Your request is on its way. You will be told as soon as there is an answer."), "done")
        return redirect(url_for("mentoring.request_page", number=made), code=303)
    (first,) = shown(viewer, [mentor])
    return page("ask", INVALID if form.errors else 200, form=form, mentor=first, others=others)


def _ask_form(topics: Sequence[str], others: Collection[Shown]) -> AskForm:
    form = AskForm(data={"topic": request.args.get("topic", "")})
    form.offer(
        [(key, words.topic(key)) for key in topics],
        [
            (str(each.number), _("%(name)s (%(topics)s)", name=each.person.name, topics=", ".join(each.topics)))
            for each in others
        ],
    )
    return form


def _fits(form: AskForm, mentor: Mentor, others: Sequence[Shown]) -> bool:
    """Whether the first has a place, and the further ones help with the same and are not named twice."""
    if not rules.Room.free(room_of(mentor), today()):
        hang(form.topic, _("This mentor has no place free any more. Please choose somebody else."))
    further = form.further()
    if len(set(further)) < len(further):
        hang(form.third, _("Please choose somebody else as the third, or nobody."))
    named_topics = {each.number: each.topics for each in others}
    for field in (form.second, form.third):
        if said(field) and words.topic(said(form.topic)) not in named_topics[int(said(field))]:
            hang(field, _("This mentor does not help with the topic you chose."))
    return not form.errors


def _asked(form: AskForm, mentor: Mentor) -> int | None:
    let_write()
    wish = Asking(said(form.topic), said(form.goal).strip(), [mentor.id, *form.further()])
    try:
        return asking.ask(db.session, member_id=signed_in_actor().id, asking=wish, now=clock.now()).id
    except AskedAlready as refusal:
        hang(form.goal, refusal)
        return None
