"""The form below a topic: fresh, with what was begun before, or with the words of a post to answer."""

import secrets
from dataclasses import dataclass

from flask import current_app, render_template, request
from markupsafe import Markup, escape

from academy import db
from academy.i18n import current_code
from academy.markdown import kept as drawn_before
from academy.web.paging import row_number
from academy.web.tokens import csrf_token
from alumni.forum.topics import answering, wording
from alumni.forum.topics.forms import ReplyForm
from alumni.forum.topics.rules import Rights
from alumni.forum.views.blueprint import Found

ANY_TOPIC, ANY_TOKEN, ANY_CSRF, ANY_TEXT = 987_654_321_012, "f" * 31 + "0", "any-csrf-token", "any-draft-text"
"""What stands in the kept form for what differs."""


@dataclass(frozen=True, slots=True)
class _Topic:
    id: int


@dataclass(frozen=True, slots=True)
class _Anywhere:
    """What the form's template wants to know of a topic."""

    topic: _Topic
    rights: Rights


def kept(found: Found) -> Markup | None:
    """The form of a fresh page as it is drawn; None for those who may not write, and where a post is answered.

    It is drawn once for each language: what differs (topic, tokens, draft) is put into it. All of it costs as much as
    the posts of a page otherwise.
    """
    answering_one = "quote" in request.args or "reply" in request.args
    if not _may_write(found) or request.method == "POST" or answering_one:
        return None
    shelf: dict[str, str] = current_app.extensions.setdefault("forum.reply_form", {})
    if current_code() not in shelf:
        shelf[current_code()] = _drawn_once()
    html = shelf[current_code()].replace(str(ANY_TOPIC), str(found.thread.id)).replace(ANY_CSRF, csrf_token())
    html = html.replace(ANY_TOKEN, secrets.token_hex(16)).replace(ANY_TEXT, str(escape(found.thread.draft)))
    return drawn_before(html)


def _may_write(found: Found) -> bool:
    return found.rights.reply and not found.thread.gone


def _drawn_once() -> str:
    form = ReplyForm(formdata=None)
    form.token.data, form.text.data = ANY_TOKEN, ANY_TEXT
    here = _Anywhere(_Topic(ANY_TOPIC), Rights(reply=True))
    html = render_template("alumni/forum/_writing.html", here=here, form=form)
    return html.replace(csrf_token(), ANY_CSRF)


def fresh(found: Found) -> ReplyForm | None:
    """The form of a fresh page in which a post is answered or quoted, for whoever may write."""
    if not _may_write(found) or request.method == "POST" or not {"quote", "reply"} & set(request.args):
        return None
    form = ReplyForm(formdata=None)
    form.begin()
    form.text.data = found.thread.draft
    quote, reply = (request.args.get(name, type=row_number) for name in ("quote", "reply"))
    if quote or reply:
        _answer(form, found, quote or reply or 0, quoting=quote is not None)
    return form


def answer_to(form: ReplyForm, found: Found) -> int | None:
    """The permanent number of the post that is answered, if it can be; the form learns its number in the topic."""
    post = _post(found, form.answered) if form.answered else None
    form.answers = post.number if post else 0
    return post.id if post else None


def _answer(form: ReplyForm, found: Found, post_id: int, *, quoting: bool) -> None:
    post = _post(found, post_id)
    if post is None:
        return
    form.reply_to.data, form.answers = str(post.id), post.number
    if quoting:
        quoted = wording.quotation(post_id=post.id, number=post.number, handle=post.handle, text=post.text)
        before = f"{found.thread.draft.rstrip()}\n\n" if found.thread.draft.strip() else ""
        form.text.data = before + quoted


def _post(found: Found, post_id: int) -> answering.Answered | None:
    thread = found.thread
    return answering.answerable(
        db.session, found.asker, topic_id=thread.id, post_id=post_id, behind_doors=thread.behind_doors
    )
