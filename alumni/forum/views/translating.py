"""A post in another language, translated by a service that the academy chose: what it would be sent, and the way there.

Nothing leaves by opening this page, and nothing but the words leaves by going on.
"""

from flask.typing import ResponseReturnValue

from academy import db
from academy.current import the_settings
from academy.i18n import OWN_NAMES, current_code
from academy.people.guards import public, reveal
from alumni.forum.topics import post_queries, translating
from alumni.forum.topics.models import State
from alumni.forum.views.blueprint import NUMBER, bp, lost, page, the_asker


@bp.get(f"/p/{NUMBER}/translate")
@public
def translate(number: int) -> ResponseReturnValue:
    """What would be sent, where to, and the link that sends it."""
    asker, service, reads = the_asker(), the_settings().translate_url, current_code()
    seen = post_queries.seen_post(db.session, asker, number)
    if seen is None:
        raise lost(asker)
    post, doors = seen.post, seen.topic.behind_doors
    can = translating.can_be_sent(post.language, reads, behind_doors=doors)
    reveal(bool(service) and can and post.state == State.SHOWN)
    words = translating.words_of(post.text)
    return page(
        "translate",
        seen=seen,
        words=words,
        languages=(OWN_NAMES.get(post.language, post.language), OWN_NAMES[reads]),
        host=translating.host_of(service),
        url=translating.address(service, words, language=post.language, reads=reads),
        is_open=seen.category.readers in translating.OPEN,
    )
