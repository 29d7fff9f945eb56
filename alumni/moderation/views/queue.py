"""The queue: what waits for moderators, and what they decided."""

from dataclasses import dataclass

from flask import request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2

from academy import clock, db, i18n
from academy.i18n import Text, ngettext
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people.actor import signed_in_actor
from academy.people.guards import moderators
from academy.web.paging import LARGEST
from alumni.moderation import deciding, lists, showing, subjects
from alumni.moderation.forms import QueueForm
from alumni.moderation.lists import PLACES, Place, Wish
from alumni.moderation.models import URGENT, Case
from alumni.moderation.views.blueprint import bp, page
from alumni.moderation.words import REASONS

LABELS: dict[Place, Text] = {
    "reports": _l("Reports"),
    "reviews": _l("Waiting to be shown"),
    "appeals": _l("Appeals"),
    "decided": _l("Decided"),
}
EMPTY: dict[Place, tuple[Text, Text]] = {
    "reports": (_l("No report waits."), _l("What members report appears here, with the urgent first.")),
    "reviews": (_l("Nothing waits to be shown."), _l("What newcomers send in appears here before others see it.")),
    "appeals": (_l("No appeal waits."), _l("Members can object once to a decision about them.")),
    "decided": (_l("Nothing was decided yet."), _l("Decisions stay here with their history, and can be taken back.")),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A case in the queue."""

    title: str
    url: str
    facts: tuple[str, ...]
    state: tuple[str, str]


@bp.get("/admin/moderation/")
@moderators
def queue() -> ResponseReturnValue:
    """Cases in one place of the queue."""
    wish, actor = _wish(), signed_in_actor()
    found = lists.cases(db.session, actor.id, wish)
    shown = found[: lists.PAGE]
    reasons = lists.reasons_of(db.session, [each.id for each in shown])
    last = f"{shown[-1].rank}.{shown[-1].id}" if shown else ""
    return page(
        "queue",
        wish=wish,
        tabs=_tabs(wish.place, lists.counts(db.session, actor.id)),
        filters=_filters(wish),
        active=bool(wish.kind) + bool(wish.reason),
        rows=[_row(each, reasons.get(each.id, []), actor.id) for each in shown],
        empty=EMPTY[wish.place],
        more=_address(wish, last) if len(found) > lists.PAGE else "",
        first=_address(wish) if request.args.get("after") else "",
    )


def _address(wish: Wish, after: str = "") -> str:
    kind, reason = wish.kind or None, wish.reason or None
    return url_for("moderation.queue", place=wish.place, kind=kind, reason=reason, after=after or None)


def _filters(wish: Wish) -> list[Field]:
    form = QueueForm(request.args, place=wish.place, kind=wish.kind, reason=wish.reason)
    form.kind.choices = [
        SelectChoice("", _("Everything")),
        *(SelectChoice(each.kind, each.label) for each in subjects.kinds()),
    ]
    form.reason.choices = [SelectChoice("", _("Every reason")), *(SelectChoice(*each) for each in REASONS.items())]
    return [form.place, form.kind] if wish.place == "reviews" else [form.place, form.kind, form.reason]


def _wish() -> Wish:
    asked = request.args
    place: Place = next((each for each in PLACES if each == asked.get("place")), "reports")
    kind = asked.get("kind", "") if subjects.subject_of(asked.get("kind", "")) else ""
    reason = asked.get("reason", "") if asked.get("reason") in REASONS else ""
    return Wish(place, kind, reason, _position(asked.get("after", "")))


def _position(text: str) -> tuple[int, int]:
    rank, _dot, number = text.partition(".")
    if rank in {"0", "1"} and number.isascii() and number.isdigit() and int(number) <= LARGEST:
        return int(rank), int(number)
    return -1, 0


def _tabs(current: Place, waiting: dict[Place, int]) -> list[dict[str, object]]:
    return [
        {
            "label": str(LABELS[place]),
            "url": url_for("moderation.queue", place=place),
            "current": place == current,
            "count": i18n.number(waiting[place]) if waiting.get(place) else None,
        }
        for place in PLACES
    ]


def _row(case: Case, reasons: list[str], own_id: int) -> Row:
    day = case.decided_at or case.opened_at
    words = (
        _("decided on %(day)s", day=i18n.long_date(day))
        if case.decided_at
        else _("since %(day)s", day=i18n.long_date(day))
    )
    several = ngettext("%(num)s report", "%(num)s reports", case.reports) if case.reports else ""
    facts = (several, *(str(REASONS.get(each, each)) for each in reasons), words)
    title = showing.name_of(case.kind)
    return Row(title, url_for("moderation.case", case_id=case.id), tuple(filter(None, facts)), _state(case, own_id))


def _state(case: Case, own_id: int) -> tuple[str, str]:
    held = deciding.holder(case, clock.now())
    if case.state == "decided" and case.appeal != "open":
        return _("Decided"), "plain"
    if held == own_id:
        return _("In your hands"), "info"
    if held is not None:
        return _("In other hands"), "plain"
    return (_("Urgent"), "wrong") if case.rank == URGENT else (_("Waiting"), "due")
