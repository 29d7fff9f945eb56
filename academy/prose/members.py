"""Members' Markdown (posts, messages, profiles, comments): linear in time on hostile text."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from academy.prose.sanitiser import clean_member

HIGHEST, LOWEST = 3, 6


def _only_alternative(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    return str(escape(self.renderInlineAsText(tokens[idx].children, options, env)))


def _level(state: StateCore) -> None:
    """Let headings begin at level 3 and never go down by more than one, whatever levels were typed."""
    above: list[int] = []
    for token in state.tokens:
        if token.type == "heading_open":
            typed = int(token.tag[1:])
            above = [*(each for each in above if each < typed), typed]
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(HIGHEST - 1 + len(above), LOWEST)}"


def _heading_with_words(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    if not tokens[idx + 1].content:  # a corner without words is no heading
        tokens[idx].tag = tokens[idx + 2].tag = "td"
    return self.renderToken(tokens, idx, options, env)


def build() -> MarkdownIt:
    """The parser of members' texts, for those that add to it."""
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20})
    parser.enable(["table", "strikethrough"])
    parser.add_render_rule("image", _only_alternative)
    parser.core.ruler.push("level", _level)
    parser.add_render_rule("th_open", _heading_with_words)
    return parser


_parser = build()


def render(source: str) -> Markup:
    """Render a member's text; its headings begin at level 3, its pictures are only their alternative text."""
    return clean_member(_parser.render(source))
