"""Footnotes for members: `[^name]` in the text, `[^name]: words` in a paragraph of its own. Linear in time."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

BEGINNING = re.compile(r"\[\^([^\s\[\]^]{1,40})\]:[ \t]*")
REFERENCE = re.compile(r"\[\^([^\s\[\]^]{1,40})\]")
MOST = 100
"""More footnotes than a post can need; what goes beyond is plain text."""


def add_to(parser: MarkdownIt) -> None:
    """Let a parser of members' texts know footnotes."""
    parser.block.ruler.before("reference", "footnote", _definition, {"alt": ["paragraph"]})
    parser.inline.ruler.before("link", "footnote_ref", _reference)
    parser.core.ruler.push("footnotes", _gather)
    parser.add_render_rule("footnote_ref", _draw_reference)
    parser.add_render_rule("footnote_open", _draw_open)
    parser.add_render_rule("footnote_back", _draw_back)


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = _line(state, start)
    found = BEGINNING.match(line)
    notes = state.env.setdefault("notes", {})
    if found is None or state.is_code_block(start) or len(notes) >= MOST:
        return False
    if silent:
        return True
    lines, after = [line[found.end() :]], start + 1
    while after < end and not state.isEmpty(after) and state.sCount[after] >= state.blkIndent:
        if BEGINNING.match(_line(state, after)):
            break
        lines.append(_line(state, after))
        after += 1
    notes.setdefault(found[1], "\n".join(lines).strip())
    state.line = after
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _reference(state: StateInline, silent: bool) -> bool:
    found = REFERENCE.match(state.src, state.pos) if state.src.startswith("[^", state.pos) else None
    if found is None or state.linkLevel or state.env.get("in_notes") or not state.env.get("notes", {}).get(found[1]):
        return False
    if not silent:
        used: dict[str, list[int]] = state.env.setdefault("used", {})
        number, times = used.setdefault(found[1], [len(used) + 1, 0])
        used[found[1]][1] += 1
        token = state.push("footnote_ref", "", 0)
        token.meta = {"number": number, "first": times == 0}
    state.pos = found.end()
    return True


def _gather(state: StateCore) -> None:
    """Put the notes that were used below the text, in the order of their first use."""
    used: dict[str, list[int]] = state.env.get("used", {})
    if not used:
        return
    state.env["in_notes"] = True
    state.tokens.append(_token("ordered_list_open", "ol", 1, class_="footnotes"))
    for name, (number, _times) in used.items():
        opened = _token("footnote_open", "li", 1)
        words, back = _token("inline", "", 0), _token("footnote_back", "", 0)
        opened.meta = back.meta = {"number": number}
        words.content, words.children = state.env["notes"][name], []
        state.md.inline.parse(words.content, state.md, state.env, words.children)
        state.tokens.extend((opened, words, back, _token("list_item_close", "li", -1)))
    state.tokens.append(_token("ordered_list_close", "ol", -1))


def _token(kind: str, tag: str, nesting: int, class_: str = "") -> Token:
    token = Token(kind, tag, nesting)  # type: ignore[arg-type]  # -1, 0 or 1
    token.block = True
    if class_:
        token.attrSet("class", class_)
    return token


def _draw_reference(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    del self, options
    number, prefix = tokens[idx].meta["number"], env["prefix"]
    own = f' id="fnref-{prefix}-{number}"' if tokens[idx].meta["first"] else ""
    return f'<sup><a href="#fn-{prefix}-{number}"{own}>[{number}]</a></sup>'


def _draw_open(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    del self, options
    return f'<li id="fn-{env["prefix"]}-{tokens[idx].meta["number"]}">'


def _draw_back(self: RendererHTML, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
    del self, options
    return f' <a href="#fnref-{env["prefix"]}-{tokens[idx].meta["number"]}">↩</a>'
