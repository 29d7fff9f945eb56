"""Certificates without a course: what they say, who has one, and giving them to a list of people."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from academy import clock, db, i18n
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.addresses import NotAnAddress, key_of
from academy.people.guards import admins
from academy.web.forms import hang, said
from courses.certificates import batches, queries, standing_words, templates
from courses.certificates.batches import Source
from courses.certificates.kinds import Given
from courses.certificates.models import CertificateTemplate
from courses.certificates.refusals import TemplateRetired
from courses.certificates.template_forms import MOST_ADDRESSES, GiveForm, TemplateForm, template_form
from courses.certificates.views.blueprint import INVALID, bp, page
from courses.certificates.views.scope import LARGEST_ID, number
from courses.cohorts.queries import member_ids_by_email

PAGE = 50
BETWEEN = re.compile(r"[\s,;]+")
BASE = "/admin/certificates/without-course"


@dataclass(frozen=True, slots=True)
class Found:
    """Who stands behind a list of addresses: names of those who can be given one; the others with the reason."""

    ids: tuple[int, ...]
    ready: tuple[str, ...]
    nameless: tuple[str, ...]
    holders: tuple[str, ...]
    unknown: tuple[str, ...]


@bp.get(f"{BASE}/")
@admins
def all_templates() -> ResponseReturnValue:
    """Every certificate that is given without a course."""
    languages = i18n.reading_order(i18n.current_code())
    found = [
        (each, templates.title_of(each, *languages), str(standing_words.KINDS[Given(each.kind)]), count)
        for each, count in templates.all_of_them(db.session)
    ]
    return page("templates", templates=found)


@bp.route(f"{BASE}/new", methods=["GET", "POST"])
@admins
def make_template() -> ResponseReturnValue:
    """Another certificate without a course."""
    form = template_form(None, i18n.offered())
    said_there = form.said() if form.validate_on_submit() else None
    if said_there is None:
        return page("template_form", INVALID if form.errors else 200, form=form, template=None)
    made = templates.make(db.session, said=said_there, by=signed_in_actor(), now=clock.now())
    flash(_("Saved."), "done")
    return redirect(url_for("certificates.template", number=made.id), code=303)


@bp.route(f"{BASE}/<int:number>/change", methods=["GET", "POST"])
@admins
def change_template(number: int) -> ResponseReturnValue:
    """Another wording from now on."""
    template = _template_or_404(number)
    form: TemplateForm = template_form(template, i18n.offered())
    said_there = form.said() if form.validate_on_submit() else None
    if said_there is None:
        return page("template_form", INVALID if form.errors else 200, form=form, template=template)
    templates.change(db.session, template=template, said=said_there, by=signed_in_actor(), now=clock.now())
    flash(_("Saved."), "done")
    return redirect(url_for("certificates.template", number=template.id), code=303)


@bp.post(f"{BASE}/<int:number>/retire")
@admins
def retire_template(number: int) -> ResponseReturnValue:
    """Give it no more, or again."""
    template, retired = _template_or_404(number), request.form.get("retired") == "yes"
    templates.retire(db.session, template=template, retired=retired, by=signed_in_actor(), now=clock.now())
    flash(_("It is given no more.") if retired else _("It can be given again."), "done")
    return redirect(url_for("certificates.template", number=template.id), code=303)


@bp.get(f"{BASE}/<int:number>")
@admins
def template(number: int) -> ResponseReturnValue:
    """What it says, and who has one."""
    found, before = _template_or_404(number), _before()
    given = templates.given_after(db.session, found.id, before, PAGE + 1)
    here = url_for("certificates.template", number=found.id)
    now = clock.now()
    return page(
        "template",
        template=found,
        title=templates.title_of(found, *i18n.reading_order(i18n.current_code())),
        kind=str(standing_words.KINDS[Given(found.kind)]),
        worded=[(i18n.language_of(code), found.texts[code]) for code in found.texts],
        given=[(each, standing_words.state(each, now)) for each in given[:PAGE]],
        more=url_for("certificates.template", number=found.id, before=given[PAGE - 1].id) if len(given) > PAGE else "",
        first=here if before else "",
    )


@bp.route(f"{BASE}/<int:number>/give", methods=["GET", "POST"])
@admins
def give(number: int) -> ResponseReturnValue:
    """Give it to a list of people: first see who is found, then confirm."""
    template, form = _template_or_404(number), GiveForm()
    if template.retired_at is not None:
        raise TemplateRetired
    found = _found(template, form) if form.validate_on_submit() else None
    if found is not None and found.ids and request.form.get("confirm") == "yes":
        source = Source(template_id=template.id)
        batch = batches.start(db.session, source=source, member_ids=found.ids, by=signed_in_actor(), now=clock.now())
        return redirect(url_for("certificates.batch", number=batch.id), code=303)
    title = templates.title_of(template, *i18n.reading_order(i18n.current_code()))
    status = INVALID if form.errors else 200
    return page("give", status, form=form, template=template, title=title, found=found)


def _found(template: CertificateTemplate, form: GiveForm) -> Found | None:
    typed = list(dict.fromkeys(filter(None, BETWEEN.split(said(form.people)))))
    if not typed or len(typed) > MOST_ADDRESSES:
        hang(form.people, _("Please give one to %(most)s addresses at a time.", most=i18n.number(MOST_ADDRESSES)))
        return None
    with db.glance() as session:
        return _look_up(session, template, typed)


def _look_up(session: Session, template: CertificateTemplate, typed: Collection[str]) -> Found:
    keys = {address: _key(address) for address in typed}
    ids = member_ids_by_email(session, [key for key in keys.values() if key])
    unknown = tuple(address for address, key in keys.items() if key not in ids)
    people = queries.people_named(session, ids.values())
    held = templates.holders(session, template.id, ids.values())
    ready = [each for each in people if each.id not in held and each.legal_name]
    return Found(
        ids=tuple(each.id for each in ready),
        ready=tuple(each.legal_name for each in ready),
        nameless=tuple(each.display_name for each in people if each.id not in held and not each.legal_name),
        holders=tuple(each.display_name for each in people if each.id in held),
        unknown=unknown,
    )


def _key(address: str) -> str:
    try:
        return key_of(address)
    except NotAnAddress:
        return ""


def _before() -> int:
    return number("before")


def _template_or_404(number: int) -> CertificateTemplate:
    found = templates.by_number(db.session, min(number, LARGEST_ID))
    if found is None:
        raise NotFound
    return found
