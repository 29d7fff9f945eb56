"""Somebody who reads pages on a phone of their own."""

import re
from dataclasses import dataclass

from tests.browser import Browser

TOKENS = re.compile(r'value="[\w.-]+\.[\w.-]+\.[\w.-]+"')


@dataclass
class Reader:
    """Somebody at a phone, in the language they read; `new_each_time` is what no two looks at a page have in common."""

    name: str
    language: str
    phone: Browser
    new_each_time: re.Pattern[str] = TOKENS

    def sees(self, path: str) -> str:
        """The page without what is new at every look."""
        return self.new_each_time.sub("", self.phone.speaking(self.language).open(path).source)
