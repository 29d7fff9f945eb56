"""Add people to a cohort by their addresses; each gets a place in its course too. The route is in views.py."""

from collections.abc import Sequence
from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.audit.service import record
from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from academy.people.actor import signed_in_actor
from academy.people.guards import admins
from courses.cohorts.models import Cohort
from courses.cohorts.views import cohort_or_404
from courses.cohorts.words import course_titles
from courses.enrolment import telling
from courses.enrolment.forms import PeopleForm, addresses_in
from courses.enrolment.intake import Outcome, Taken, take_in

INVALID = 422
OUTCOMES: dict[Outcome, Text] = {
    Outcome.ADDED: _l("Added"),
    Outcome.PRESENT: _l("Already in"),
    Outcome.UNKNOWN: _l("No account with this address"),
    Outcome.MISWRITTEN: _l("This does not look like an e-mail address"),
}


@admins
def add_people(cohort_id: int) -> ResponseReturnValue:
    """Add whoever has one of the pasted addresses, and say what came of each line.

    The POST answers with the page itself: its result is a list of any length, and sending it again changes nothing.
    """
    cohort, form = cohort_or_404(cohort_id), PeopleForm()
    if not form.validate_on_submit():
        text = render_template("courses/enrolment/add_people.html", cohort=cohort, form=form)
        return text, INVALID if form.errors else 200
    now = clock.now()
    taken = take_in(db.session, cohort=cohort, addresses=addresses_in(form.addresses.data or ""), now=now)
    added = [each for each in taken if each.outcome is Outcome.ADDED]
    _note(cohort, added, now)
    rows = [(each.address, str(OUTCOMES[each.outcome]), each.outcome.value) for each in taken]
    return render_template("courses/enrolment/people_added.html", cohort=cohort, rows=rows, added=len(added))


def _note(cohort: Cohort, added: Sequence[Taken], now: datetime) -> None:
    actor, subject = signed_in_actor(), f"cohort:{cohort.id}"
    for each in added:
        detail = f"member:{each.member_id}"
        record(db.session, actor=actor, action="cohort.person_added", now=now, subject=subject, detail=detail)
    title = course_titles(db.session).get(cohort.course_slug, cohort.course_slug)
    member_ids = [each.member_id for each in added if each.member_id is not None]
    telling.tell_joined(db.session, member_ids=member_ids, course_slug=cohort.course_slug, title=title, now=now)
