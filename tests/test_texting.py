"""Short forms of a phone are written out, but for what the articles have as words of their own."""

import pytest

from assistant.asking.texting import write_out


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("wat is a kiln", "what is a kiln"),
        ("Whats glaze?", "What's glaze?"),
        ("im new, r u open w/o booking", "I'm new, are you open without booking"),
        ("i wanna try tho", "i want to try though"),
        ("how long dose it take", "how long does it take"),
        ("Dose clay keep?", "Does clay keep?"),
        ("how long till it dries", "how long until it dries"),
        ("clay n glaze 2 avoid w/ kids b4 noon", "clay and glaze to avoid with kids before noon"),
        ("till ur a potter", "until you're a potter"),
        ("is ur kiln hot", "is your kiln hot"),
        ("do i have 2 wear it 2 years", "do i have to wear it 2 years"),
        ("i have 2 kids", "i have 2 kids"),
        ("any tips 4 beginners, it takes 4 people", "any tips for beginners, it takes 4 people"),
    ],
)
def test_short_forms_are_written_out(typed: str, full: str) -> None:
    assert write_out(typed, ()) == full


@pytest.mark.parametrize(
    "typed",
    ["R is a language", "IM Pei", "what dose of salt", "a dose a day", "wheat", "sthenic w/out"],
)
def test_names_and_words_of_their_own_stay(typed: str) -> None:
    assert write_out(typed, ()) == typed


def test_what_the_articles_have_as_a_word_stays() -> None:
    assert write_out("is r any use, how much dose a day", {"r", "dose"}) == (
        "is r any use, how much dose a day"
    )
    assert write_out("how much r kilns, what r is for", {"r"}) == (
        "how much are kilns, what r is for"
    )
