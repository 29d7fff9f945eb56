"""What somebody wrote in a letter, without what their program put below: quotations, signatures, forwarded letters."""

import re

from academy.mail.writing import ANSWER_ABOVE

WROTE = ("wrote", "пишет", "написал", "написала", "написал(а)", "написали", "نوشت", "نوشته", "نوشته است")
"""How the line ends that programs put above a quotation, in the languages of the site."""
LONGEST_LINE = 400
_HEADS = re.compile(r"^\*?(?:From|От|Von|De|از|فرستنده)\*?\s*:\s*\S", re.IGNORECASE)
_HEAD = re.compile(
    r"^\*?(?:From|Sent|Date|To|Cc|Subject|От|Отправлено|Дата|Кому|Копия|Тема|از|فرستنده|تاریخ|به|گیرنده|موضوع)\*?\s*:",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"^-{2,}\s*(?:Original (?:Message|Appointment)|Forwarded message|Исходное сообщение|Пересылаемое сообщение"
    r"|Пересланное сообщение|Конец пересылаемого сообщения|پیام اصلی|پیام فرستاده شده)\b.*$"
    r"|^Begin forwarded message:|^Начало переадресованного сообщения:|^_{20,}\s*$",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"^--\s?$|^(?:Sent from my|Get Outlook for|Sent with|Отправлено (?:с|из)|ارسال شده از|فرستاده شده از)\b",
    re.IGNORECASE,
)
WRAPPED = 3
"""Programs break the line that says who wrote when into as many."""


def own_words(text: str) -> str:
    """The words that are the sender's own; '' if there are none."""
    kept: list[str] = []
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    at = 0
    while at < len(lines):
        line = lines[at].strip().strip("\u2066\u2067\u2068\u2069\u200e\u200f")
        if ANSWER_ABOVE in line or _CUT.match(line) or _SIGNED.match(line) or _heads(lines, at):
            break
        skip = _attribution(lines, at)
        if not skip and not line.startswith(">"):
            kept.append(lines[at])
        at += skip or 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _heads(lines: list[str], at: int) -> bool:
    """Whether the heads of an earlier letter begin here, as Outlook writes them: from whom, and two more."""
    if not _HEADS.match(lines[at].strip()):
        return False
    return sum(bool(_HEAD.match(line.strip())) for line in lines[at : at + 6]) > WRAPPED - 1


def _attribution(lines: list[str], at: int) -> int:
    """How many lines from here say who wrote what follows, when a quotation or our own line does follow; else 0."""
    for count in range(1, WRAPPED + 1):
        some = lines[at : at + count]
        if len(some) < count or not all(line.strip() for line in some):
            return 0
        if _says_who_wrote(" ".join(line.strip() for line in some)) and _is_quoted(lines, at + count):
            return count
    return 0


def _says_who_wrote(line: str) -> bool:
    if len(line) > LONGEST_LINE or not line.endswith((":", "：")):
        return False
    said = line.rstrip(":： ").casefold()
    return said.endswith(WROTE) or ("@" in line and any(sign.isdecimal() for sign in line))


def _is_quoted(lines: list[str], at: int) -> bool:
    """Whether what comes next is a quotation, our own letter, or nothing."""
    rest = [line.strip() for line in lines[at : at + 12] if line.strip()]
    return not rest or rest[0].startswith(">") or any(ANSWER_ABOVE in line for line in rest)
