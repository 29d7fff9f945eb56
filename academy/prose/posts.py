"""What posts of the forum have beyond members' Markdown: mentions, numbers of posts, footnotes, bare addresses."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from academy.prose import footnotes
from academy.prose.members import build
from academy.prose.sanitiser import clean_post

HANDLE = re.compile(r"@([a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?)(?![\w@])", re.IGNORECASE)
NUMBER = re.compile(r"#([1-9][0-9]{0,5})(?![\w#])")
ADDRESS = re.compile(r"://[^\s<>\"`\\^{|}]{1,1800}")
SCHEME = re.compile(r"(?<![\w])(https?)$", re.IGNORECASE)
ENDINGS = ".,;:!?'*_~،؛؟۔»”)]"
OPENED = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class PostText:
    """A post that was read: the handles it mentions and the numbers of posts it names, before it is drawn."""

    tokens: Sequence[Token]
    env: EnvType
    handles: frozenset[str]
    numbers: frozenset[int]

    def html(self, *, prefix: str, profiles: Mapping[str, str], posts: Mapping[int, str]) -> Markup:
        """Draw it: `prefix` sets the ids of its footnotes apart from those of other posts on the page.

        `profiles` and `posts` say where the handles and numbers lead; those that are not in them are plain words.
        """
        env = {**self.env, "prefix": prefix, "profiles": profiles, "posts": posts}
        return clean_post(_parser.renderer.render(self.tokens, _parser.options, env))


def read(source: str) -> PostText:
    """Read a post."""
    env: EnvType = {}
    tokens = _parser.parse(source, env)
    return PostText(tokens, env, frozenset(env.get("handles", ())), frozenset(env.get("numbers", ())))


def _begins(state: StateInline) -> bool:
    """Whether a word could begin here."""
    before = state.src[state.pos - 1] if state.pos else " "
    return not (before.isalnum() or before in "_/@#&.")


def _mention(state: StateInline, silent: bool) -> bool:
    found = HANDLE.match(state.src, state.pos) if state.src[state.pos] == "@" and _begins(state) else None
    if found is None or state.linkLevel:
        return False
    if not silent:
        state.push("mention", "", 0).content = found[1]
        state.env.setdefault("handles", set()).add(found[1].lower())
    state.pos = found.end()
    return True


def _post_number(state: StateInline, silent: bool) -> bool:
    found = NUMBER.match(state.src, state.pos) if state.src[state.pos] == "#" and _begins(state) else None
    if found is None or state.linkLevel:
        return False
    if not silent:
        state.push("post_number", "", 0).content = found[1]
        state.env.setdefault("numbers", set()).add(int(found[1]))
    state.pos = found.end()
    return True


def _bare_address(state: StateInline, silent: bool) -> bool:
    """An address as people type it becomes a link; what ends a sentence behind it is no part of it."""
    if silent or state.linkLevel or state.src[state.pos] != ":":
        return False
    found, scheme = ADDRESS.match(state.src, state.pos), SCHEME.search(state.pending[-6:])
    rest = _without_ending(found[0]) if found else ""
    if scheme is None or len(rest) <= len("://"):
        return False
    url = state.md.normalizeLink(scheme[1] + rest)
    if not state.md.validateLink(url):
        return False
    state.pending = state.pending[: -len(scheme[1])]
    opened = state.push("link_open", "a", 1)
    opened.attrs = {"href": url}
    state.push("text", "", 0).content = scheme[1] + rest
    state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def _without_ending(typed: str) -> str:
    """The address without what closes the sentence or the bracket around it."""
    end = len(typed)
    counts = {sign: typed.count(sign) for sign in "()[]"}
    while end and typed[end - 1] in ENDINGS:
        last = typed[end - 1]
        if last in OPENED:
            if counts[last] <= counts[OPENED[last]]:
                break
            counts[last] -= 1
        end -= 1
    return typed[:end]


def _draw_mention(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    del self, options
    handle = tokens[idx].content
    url = env["profiles"].get(handle.lower(), "")
    words = f"@{escape(handle)}"
    return f'<a class="mention" href="{escape(url)}">{words}</a>' if url else words


def _draw_number(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    del self, options
    number = tokens[idx].content
    url = env["posts"].get(int(number), "")
    return f'<a href="{escape(url)}">#{number}</a>' if url else f"#{number}"


def _build() -> MarkdownIt:
    parser = build()
    footnotes.add_to(parser)
    parser.inline.ruler.after("escape", "mention", _mention)
    parser.inline.ruler.after("mention", "post_number", _post_number)
    parser.inline.ruler.after("post_number", "bare_address", _bare_address)
    parser.add_render_rule("mention", _draw_mention)
    parser.add_render_rule("post_number", _draw_number)
    return parser


_parser = _build()
