"""Tags, for those who keep order: other words for one, or two that become one."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.audit.service import record
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import moderators
from academy.web.forms import said
from alumni.forum.topics import tagging
from alumni.forum.topics.forms import TagForm
from alumni.forum.views.blueprint import INVALID, NUMBER, bp, page


@bp.get("/tags/desk")
@moderators
def tags_desk() -> ResponseReturnValue:
    """All tags, in the order of their letters, with how many topics each marks."""
    after = request.args.get("after", "")[:32]
    found = tagging.page_of(db.session, after)
    return page(
        "tags_desk", tags=found[: tagging.PAGE], more=found[tagging.PAGE - 1].key if len(found) > tagging.PAGE else ""
    )


@bp.route(f"/tags/desk/{NUMBER}", methods=["GET", "POST"])
@moderators
def rename_tag(number: int) -> ResponseReturnValue:
    """Give a tag other words; those of another tag make the two one."""
    tag, form = tagging.tag(db.session, number), TagForm()
    if tag is None:
        raise NotFound
    if request.method != "POST":
        form.words.data = tag.words
        return page("tag_desk", tag=tag, form=form)
    if not form.validate_on_submit():
        return page("tag_desk", INVALID, tag=tag, form=form)
    before, words = tag.words, said(form.words)
    tagging.rename(db.session, tag_id=number, words=words)
    actor, now = signed_in_actor(), clock.now()
    record(db.session, actor=actor, action="forum.tag.renamed", now=now, detail=f"{before} → {words}")
    flash(_("The tag is “%(words)s” now.", words=words), "done")
    return redirect(url_for("forum.tags_desk"), code=303)
