"""Expressions compiled at their first use do what those compiled at once do."""

import re
from importlib import import_module
from pkgutil import walk_packages

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assistant
import index
import ingest
from ingest.patterns import _Late, compile_late

TEXT = st.text(alphabet="aAb1 -\n", max_size=20)


@given(TEXT)
def test_late_is_the_same_as_at_once(text: str) -> None:
    late, now = compile_late(r"(a+)(b?)", re.IGNORECASE), re.compile(r"(a+)(b?)", re.IGNORECASE)
    for method in ("search", "match", "fullmatch"):
        found, expected = getattr(late, method)(text), getattr(now, method)(text)
        assert (found and found.span()) == (expected and expected.span())
    assert late.findall(text) == now.findall(text)
    assert [found.span() for found in late.finditer(text)] == [m.span() for m in now.finditer(text)]
    assert late.split(text) == now.split(text)
    assert late.sub(r"<\1>", text, count=1) == now.sub(r"<\1>", text, count=1)
    assert late.subn("-", text) == now.subn("-", text)
    assert late.pattern == now.pattern


def test_nothing_is_compiled_before_the_first_use() -> None:
    wrong = compile_late("(")
    with pytest.raises(re.error):
        wrong.search("text")


def test_what_an_expression_has_besides_its_methods_is_not_there() -> None:
    with pytest.raises(AttributeError):
        _ = compile_late("a").groupindex


def test_every_expression_of_the_modules_can_be_compiled() -> None:
    """What `re.compile` would have told at import is told here."""
    late = 0
    for package in (ingest, index, assistant):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            for value in vars(import_module(module.name)).values():
                if isinstance(value, _Late):
                    re.compile(value.pattern, value.flags)
                    late += 1
    assert late > 300
