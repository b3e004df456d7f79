"""Regular expressions that are compiled when they are first used.

Knows `re`. Knows nothing of what is looked for.

A first question needs a third of the four hundred expressions that the modules hold; compiling all of
them took a tenth of the time that `footnote ask` needs for an answer.
"""

import re
from typing import cast

_METHODS = ("search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn")


class _Late:
    """Stands for an expression; its methods are put in place at the first use of any of them."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern = text
        self.flags = flags

    def __getattr__(self, name: str) -> object:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        vars(self).update((method, getattr(compiled, method)) for method in _METHODS)
        return vars(self)[name]


def compile_late(text: str, flags: int = 0) -> re.Pattern[str]:
    """Return what works like `re.compile(text, flags)`, and raises what that does at its first use.

    It has an expression's methods, `pattern` and the `flags` that were given, and nothing else of it;
    the functions of `re` do not take it.
    """
    return cast("re.Pattern[str]", _Late(text, flags))
