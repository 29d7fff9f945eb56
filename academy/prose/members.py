"""Members' Markdown (posts, messages, profiles, comments): linear in time on hostile text."""

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from academy.prose.sanitiser import clean_member

DEMOTED = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h6", "h5": "h6", "h6": "h6"}


def _only_alternative(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    return str(escape(self.renderInlineAsText(tokens[idx].children, options, env)))


def _demoted(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    tokens[idx].tag = DEMOTED[tokens[idx].tag]
    return self.renderToken(tokens, idx, options, env)


def _heading_with_words(
    self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
) -> str:
    if not tokens[idx + 1].content:  # a corner without words is no heading
        tokens[idx].tag = tokens[idx + 2].tag = "td"
    return self.renderToken(tokens, idx, options, env)


def _build() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": 20})
    parser.enable(["table", "strikethrough"])
    parser.add_render_rule("image", _only_alternative)
    parser.add_render_rule("heading_open", _demoted)
    parser.add_render_rule("heading_close", _demoted)
    parser.add_render_rule("th_open", _heading_with_words)
    return parser


_parser = _build()


def render(source: str) -> Markup:
    """Render a member's text; its headings begin at level 3, its pictures are only their alternative text."""
    return clean_member(_parser.render(source))
