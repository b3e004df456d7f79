"""From a stream of text to sentences with numbers, however the text was cut."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from assistant.answer import Form
from assistant.checking.citations import Written, parse_stream


def read(text: str) -> list[tuple[str, tuple[int, ...], str]]:
    return [(w.text, w.numbers, w.form.value) for w in parse_stream([text])]


def prose(text: str, *numbers: int) -> tuple[str, tuple[int, ...], str]:
    return (text, numbers, "prose")


def item(text: str, *numbers: int) -> tuple[str, tuple[int, ...], str]:
    return (text, numbers, "item")


CASES = {
    "one": ("Bees fly [1].", [prose("Bees fly.", 1)]),
    "after the stop": ("Bees fly. [1] They sting. [2]", [prose("Bees fly.", 1), prose("They sting.", 2)]),
    "two marks": ("Bees fly [1][2].", [prose("Bees fly.", 1, 2)]),
    "a list of numbers": ("Bees fly [1, 2;3].", [prose("Bees fly.", 1, 2, 3)]),
    "a range": ("Bees fly [1-3].", [prose("Bees fly.", 1, 2, 3)]),
    "a range too wide": ("Bees fly [1-999].", [prose("Bees fly.", 1, 999)]),
    "double brackets": ("Bees fly [[4]].", [prose("Bees fly.", 4)]),
    "a repeated number": ("Bees [1] fly [1].", [prose("Bees fly.", 1)]),
    "before the sentence": ("[1] Bees fly.", [prose("Bees fly.", 1)]),
    "a huge number": (f"Bees fly [{'9' * 60}].", [prose("Bees fly.", 999999999)]),
    "no number in brackets": ("Bees [sic] fly [a1].", [prose("Bees [sic] fly [a1].")]),
    "half typed at the end": ("Bees fly [1", [prose("Bees fly")]),
    "half a list": ("Bees fly [1, ", [prose("Bees fly")]),
    "half typed at a line's end": ("Bees fly [1\nThey sting [2].", [prose("Bees fly"), prose("They sting.", 2)]),
    "only a bracket": ("Bees fly [", [prose("Bees fly")]),
    "inline code": ("Write `a[1]. B` now [2].", [prose("Write `a[1]. B` now.", 2)]),
    "double backticks": ("Write ``a`[1]`` now [2].", [prose("Write ``a`[1]`` now.", 2)]),
    "code block": ("See [1].\n```\nx[2] = 1. Y\n```\nDone [3].", [prose("See.", 1), prose("Done.", 3)]),
    "code block never closed": ("See [1].\n~~~\nx[2]. Y\n```\nZ", [prose("See.", 1)]),
    "code on one line is no block": ("```x[1]``` is code [2].", [prose("```x[1]``` is code.", 2)]),
    "items": ("- Honey. Wax [1]\n2) Mead [2]", [item("Honey. Wax", 1), item("Mead", 2)]),
    "item after a sentence on its line": ("Two. - three [1]", [prose("Two."), prose("- three", 1)]),
    "number after a sentence on its line": ("It is so. 1. Then [1]", [prose("It is so."), prose("1."), prose("Then", 1)]),
    "fence after a sentence on its line": ("So. ``` x [1]", [prose("So."), prose("``` x", 1)]),
    "abbreviations": ("Say e.g. Dr. Bee [1]. Yes.", [prose("Say e.g. Dr. Bee.", 1), prose("Yes.")]),
    "a heading without a footnote": ("## Bees\nThey fly [1].", [prose("They fly.", 1)]),
    "a heading with a footnote": ("## Bees [1]", [prose("Bees", 1)]),
    "strong": ("**Bees.** They **fly** [1]. `**x**`", [prose("Bees."), prose("They fly.", 1), prose("`**x**`")]),
    "decimals": ("It is 5.5 kg [1]. 6 is more [2].", [prose("It is 5.5 kg.", 1), prose("6 is more.", 2)]),
    "carriage returns": ("Bees fly [1].\r\n- Honey [2]\r\n", [prose("Bees fly.", 1), item("Honey", 2)]),
    "nothing but marks": ("[1] ... \n---\n[2]", []),
    "nothing": ("", []),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_reads(text: str, expected: list) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", [text for text, _ in CASES.values()], ids=CASES.keys())
def test_every_cut_into_two_or_three_reads_the_same(text: str) -> None:
    whole = list(parse_stream([text]))
    for cut in range(len(text) + 1):
        assert list(parse_stream([text[:cut], text[cut:]])) == whole
    for low, high in itertools.combinations(range(min(len(text), 60)), 2):
        assert list(parse_stream([text[:low], text[low:high], text[high:]])) == whole
    assert list(parse_stream(text)) == whole


FRAGMENTS = st.sampled_from(
    ["Bees", " fly", ".", " ", "\n", "[1]", "[", "]", "1", ", ", "2", "`", "``", "```", "~~~", "- ",
     "* ", "**", "# ", "1. ", "e.g.", "A.", "?", "…", ")", "”", "x", "B", "–", "\t", "\r\n", "é", "[["]
)  # fmt: skip


@given(st.lists(FRAGMENTS, max_size=40), st.data())
@example(["Bees", ".", " ", "1. ", "B"], None)
def test_the_cut_never_matters(fragments: list[str], data: st.DataObject | None) -> None:
    text = "".join(fragments)
    whole = list(parse_stream([text]))
    assert list(parse_stream(text)) == whole
    assert list(parse_stream(fragments)) == whole
    if data is not None:
        cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
        edges = [0, *cuts, len(text)]
        assert list(parse_stream(text[a:b] for a, b in itertools.pairwise(edges))) == whole


@given(st.text(max_size=200))
def test_any_text_is_read_and_holds_no_marker(text: str) -> None:
    for written in parse_stream(text):
        assert written.text.strip()
        assert "`" in written.text or not any(f"[{n}]" in written.text for n in written.numbers)


def test_a_sentence_is_told_as_soon_as_the_next_begins() -> None:
    seen: list[str] = []

    def pieces():
        yield "Bees fly [1]. "
        seen.append("second")
        yield "They"
        seen.append("third")
        yield " sting."

    stream = parse_stream(pieces())
    assert next(stream) == Written("Bees fly.", (1,), Form.PROSE)
    assert seen == ["second"]


def test_a_stream_that_breaks_leaves_no_half_sentence() -> None:
    def pieces():
        yield "Bees fly [1]. They st"
        raise ConnectionError

    stream = parse_stream(pieces())
    assert next(stream).text == "Bees fly."
    with pytest.raises(ConnectionError):
        next(stream)


def test_a_long_line_costs_no_more_than_its_length_allows() -> None:
    assert list(parse_stream("[" * 3000 + " \t" * 3000)) == []
    assert len(list(parse_stream(["word " * 4000]))) == 1
