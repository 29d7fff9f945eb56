"""The form below a topic: fresh, with what was begun before, or with the words of a post to answer."""

from flask import request

from academy import db
from academy.web.paging import row_number
from alumni.forum.topics import answering, wording
from alumni.forum.topics.forms import ReplyForm
from alumni.forum.views.blueprint import Found


def fresh(found: Found) -> ReplyForm | None:
    """The form of a fresh page, for whoever may write."""
    if not found.rights.reply:
        return None
    form = ReplyForm(formdata=None)
    form.begin()
    form.text.data = found.thread.draft
    quote, reply = (request.args.get(name, type=row_number) for name in ("quote", "reply"))
    if request.method != "POST" and (quote or reply):
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
