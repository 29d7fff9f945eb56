"""The words of a post of an old forum, made into ours."""

import re
from collections.abc import Callable, Mapping

from alumni.forum.exchange import bbcode, discourse_words, html_words
from alumni.forum.exchange.entries import Markup, Said
from alumni.forum.exchange.wording import Lookups, plain_name

_OWN_LINK = re.compile(r"\[([^\]\n]{0,200})\]\((/forum/p/)(\d{1,15})\)")


def _ours(said: Said, lookups: Lookups) -> str:
    """Links to posts lead to where these are now; of what is not here only the words stay."""

    def led(found: re.Match[str]) -> str:
        here = lookups.post_of(found[3], "", 0)
        return f"[{found[1]}]({found[2]}{here.post_id})" if here is not None else found[1]

    return _OWN_LINK.sub(led, said.text)


WAYS: Mapping[str, Callable[[Said, Lookups], str]] = {
    Markup.OURS: _ours,
    Markup.DISCOURSE: lambda said, lookups: discourse_words.markdown(said.text, lookups),
    Markup.HTML: lambda said, lookups: html_words.markdown(said.text, lookups),
    Markup.BBCODE: lambda said, lookups: bbcode.markdown(said.text, said.uid, lookups),
}


def drawn(said: Said, lookups: Lookups) -> str:
    """The text of a post in our Markdown."""
    return WAYS[said.markup](said, lookups)


def under_name(text: str, name: str) -> str:
    """The text below the name its author had."""
    return f"**{plain_name(name)}:**\n\n{text}" if name else text
