"""Change single keys of a file's front matter and leave every other byte of the file as its author wrote it. Pure."""

import re
from collections.abc import Mapping, Sequence

import yaml

FENCE = "---"
SMALL_NUMBER = re.compile(r"0|[1-9][0-9]{0,5}")
Value = str | int | bool | Sequence["Value"] | Mapping[str, "Value"]


class NoFrontMatter(ValueError):
    """The file does not begin with a front matter that can be read."""


def with_keys(source: str, values: Mapping[str, Value | None]) -> str:
    """The file with these keys set, in place where they stand or behind the last one; None takes a key away.

    Raises NoFrontMatter when there is nothing to change.
    """
    newline = "\r\n" if "\r\n" in source else "\n"
    lines = source.replace("\r\n", "\n").split("\n")
    end = _end(lines)
    for key, value in values.items():
        spans = _spans(lines[1:end])
        first, last = spans.get(key, (end - 1, end - 1))
        lines[1 + first : 1 + last] = [] if value is None else dumped(key, value)
        end = _end(lines)
    return newline.join(lines)


def _end(lines: Sequence[str]) -> int:
    fences = [place for place, line in enumerate(lines) if line.rstrip() == FENCE]
    if len(fences) < 2 or fences[0] != 0:  # noqa: PLR2004  one opens, one closes
        raise NoFrontMatter
    return fences[1]


def _spans(lines: Sequence[str]) -> dict[str, tuple[int, int]]:
    """The first line of each key and the line behind its value's last one, counted from the front matter's first."""
    try:
        root = yaml.compose("\n".join(lines), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise NoFrontMatter from error
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise NoFrontMatter
    return {key.value: (key.start_mark.line, _last(value) + 1) for key, value in root.value}


def _last(node: yaml.Node) -> int:
    """The line a value ends on; a block ends with its last item, not with the blank lines behind it."""
    flow = getattr(node, "flow_style", None)
    if isinstance(node, yaml.MappingNode) and not flow and node.value:
        return _last(node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and not flow and node.value:
        return _last(node.value[-1])
    mark = node.end_mark
    behind = mark.column == 0 and mark.line > node.start_mark.line  # a block scalar ends before the next line
    return mark.line - 1 if behind else mark.line


class _Dumper(yaml.SafeDumper):
    """Writes days, and the key `on`, as people do: without the quotes that readers of types would need."""

    def ignore_aliases(self, data: object) -> bool:
        """Write a value out wherever it stands: to the reader aliases are a fault."""
        del data
        return True


_DAY, _FLAG = "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool"
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag != _DAY and (tag != _FLAG or first not in "oO")]
    for first, known in yaml.SafeDumper.yaml_implicit_resolvers.items()
}


def dumped(key: str, value: Value) -> list[str]:
    """A key and its value as lines of YAML that the reader takes."""
    plain = _plain(value)
    text: str = yaml.dump({key: plain}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return text.rstrip("\n").split("\n")


def _plain(value: Value) -> object:
    """The value for the dumper. To the reader every scalar is text, so a number needs no quotes."""
    if isinstance(value, str):
        return int(value) if SMALL_NUMBER.fullmatch(value) else value
    if isinstance(value, bool | int):
        return value
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value]
