"""The letters, for admins: without a mail server this is where they are read."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.audit.service import record
from academy.errors import NotFound
from academy.i18n import ngettext
from academy.mail import queries, service
from academy.mail.faults import meaning
from academy.people.actor import signed_in_actor
from academy.people.guards import admins
from academy.web.paging import ROW, row_number

bp = Blueprint("mail", __name__)


@bp.get("/admin/letters")
@admins
def index() -> ResponseReturnValue:
    """To whom letters went or wait to go, newest first; not what they say."""
    letters = queries.letters_before(db.session, request.args.get("before", type=row_number))
    shown = letters[: queries.PAGE]
    older = shown[-1].id if len(letters) > len(shown) else None
    return render_template("academy/mail/index.html", letters=shown, older=older, meaning=meaning)


@bp.post("/admin/letters/again")
@admins
def again() -> ResponseReturnValue:
    """Try the letters that were given up once more: the mail server is mended."""
    now = clock.now()
    count = service.try_again(db.session, now)
    record(db.session, actor=signed_in_actor(), action="letters.again", detail=str(count), now=now)
    flash(ngettext("%(num)s letter is tried again.", "%(num)s letters are tried again.", count), "done")
    return redirect(url_for("mail.index"), code=303)


@bp.post(f"/admin/letters/<{ROW}:number>")
@admins
def read(number: int) -> ResponseReturnValue:
    """Show what a letter says.

    A POST that answers with the page itself: reading somebody's letter must leave a mark in the audit log, and a GET
    writes nothing. Reading again is another POST and another mark.
    """
    letter = queries.letter(db.session, number)
    if letter is None:
        raise NotFound
    record(db.session, actor=signed_in_actor(), action="letter.read", subject=f"letter:{letter.id}", now=clock.now())
    return render_template("academy/mail/read.html", letter=letter)
