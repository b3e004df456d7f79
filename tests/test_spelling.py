"""Misspelt words are mended against the corpus; known words are never touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asking.spelling import allowed_distance, mend_spelling
from ingest.words import FUNCTION_WORDS, words

VOCABULARY = {"roadster": 3, "bicycle": 9, "brake": 4, "break": 1, "saddle": 2, "insurance": 5,
              "pump": 2, "hub": 2}  # fmt: skip
LANGUAGE = {"saddles", "cost", "price", "sadd", "horse", "insure", "sandal", "bread", "fix", "yer"}


ASKED = set("what when where which whose much many does should would could".split())


def mend(question: str) -> str:
    return mend_spelling(question, VOCABULARY, LANGUAGE.__contains__)


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("price of a roadstr?", "price of a roadster?"),
        ("price of a raodster?", "price of a roadster?"),
        ("my bicylce", "my bicycle"),
        ("a roadstr and a pumper", "a roadster and a pumper"),
        ("two saddls", "two saddles"),
        ("How mcuh? Whcih?", "How much? Which?"),
        ("Insurence?", "Insurance?"),
        ("sadle, sadle!", "saddle, saddle!"),
    ],
)
def test_a_misspelt_word_becomes_the_nearest_one(question: str, mended: str) -> None:
    assert mend(question) == mended


def test_a_word_between_two_becomes_the_more_frequent_one() -> None:
    assert mend("braek") == "brake"


@pytest.mark.parametrize(
    "question",
    ["How much does a horse cost?", "insure my sandal", "a tandem", "hbu pmp", "bicycles",
     "bread", "R2D2 pumpp2",
     "saddest horses", "pricing", "costly brakes", "horsed", "does it brick?", "two bicycling peons",
     "ISBs and PUMs"],
)  # fmt: skip
def test_known_short_inflected_and_far_words_stay(question: str) -> None:
    assert mend(question) == question


def test_a_form_of_a_word_of_three_letters_stays_if_its_ending_tells() -> None:
    near = {"fixed": 3, "years": 2}
    assert mend_spelling("who fixes it?", near, LANGUAGE.__contains__) == "who fixes it?"
    assert mend_spelling("two yers", near, LANGUAGE.__contains__) == "two years"


def test_an_ending_that_two_words_share_makes_them_no_nearer() -> None:
    near = {"handling": 3, "prices": 2, "price": 1, "calculating": 1}
    assert mend_spelling("haggling", near, lambda _: False) == "haggling"
    assert mend_spelling("calclating", near, lambda _: False) == "calculating"
    assert mend_spelling("priciest", near, lambda _: False) == "priciest"


def test_among_words_equally_near_the_same_first_letter_then_the_more_frequent_wins() -> None:
    near = {"gratings": 9, "bratings": 1}
    assert mend_spelling("bxatings", near, lambda _: False) == "bratings"
    near = {"lantern": 1, "lanters": 5}
    assert mend_spelling("lanterz", near, lambda _: False) == "lanters"


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("limt of weight", "limit of weight"),  # no "lift", also one letter off
        ("some hunny", "some honey"),  # no "sunny", though nearer
        ("the fule", "the fuel"),  # no "full"
        ("some garlik", "some garlic"),
    ],
)
def test_a_slip_that_leaves_sound_or_letters_alike_is_nearer(question: str, mended: str) -> None:
    near = {"limit": 1, "lift": 5, "garlic": 1, "honey": 1, "sunny": 5, "fuel": 1, "full": 5}
    assert mend_spelling(question, near, lambda _: False) == mended


def test_what_is_asked_of_anything_is_no_slip() -> None:
    coins = {"coins": 2, "prose": 2}
    assert mend_spelling("pros and cons", coins, lambda _: False) == "pros and cons"


def test_a_word_whose_plural_alone_the_articles_have_is_mended() -> None:
    language = {"brewery", "brewer"}
    assert mend_spelling("a brewrey", {"breweries": 2}, language.__contains__) == "a brewery"
    assert mend_spelling("a brewrey", {"breweries": 2}, lambda _: False) == "a brewrey"


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        (
            "is it worht it",
            "is it worth it",
        ),  # letters moved: no "worst", though the articles have it
        ("any chikens", "any chickens"),
        ("a clearence", "a clearance"),
        ("the perks", "the perks"),  # a word that is not known, and too short to be sure
        ("that bloke", "that bloke"),
        ("by Mraie", "by Mraie"),  # a name
    ],
)
def test_a_word_that_the_articles_lack_is_mended_where_the_slip_is_plain(
    question: str, mended: str
) -> None:
    language = {"worth", "chickens", "clearance", "clarence", "parks", "blake", "maire", "marie"}
    near = {"worst": 3, "broke": 2, "does": 1}
    assert mend_spelling(question, near, language.__contains__) == mended


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("howmuch is it?", "how much is it?"),
        ("Whatinsurancedoweneed", "What insurance do we need"),
        ("saddlepump", "saddle pump"),
        ("from Anderhub to Brakepump", "from Anderhub to Brakepump"),  # names
        ("wehub", "wehub"),  # only short words: as likely none
        ("dobrake", "dobrake"),
    ],
)
def test_words_that_were_run_together_are_parted(question: str, mended: str) -> None:
    assert mend(question) == mended


def test_a_word_inside_another_is_mended_where_it_stands() -> None:
    assert mend("sadlebag sadle") == "sadlebag saddle"


def test_of_a_message_that_is_no_english_only_the_beginning_is_mended() -> None:
    noise = [f"zq{'aeiou'[at // 5]}x{'bdfgh'[at % 5]}v" for at in range(25)]
    noise += [f"{word}z" for word in noise]
    assert mend(f"{' '.join(noise[:10])} sadle").endswith(" saddle")
    assert mend(f"{' '.join(noise)} sadle").endswith(" sadle")


def test_longer_words_may_be_wrong_in_two_letters() -> None:
    assert (allowed_distance("saddles"), allowed_distance("roadsters")) == (1, 2)


_WORD = st.text(alphabet="abdeklorstu", min_size=1, max_size=10)


@given(st.lists(_WORD | st.sampled_from(sorted(VOCABULARY)) | st.sampled_from(sorted(LANGUAGE))))
def test_only_unknown_words_differ_and_only_into_the_vocabulary(said: list[str]) -> None:
    for old in words(" ".join(said)):
        new = mend(old)
        if old != new:
            assert old not in VOCABULARY
            assert old not in LANGUAGE
            known = VOCABULARY.keys() | ASKED | FUNCTION_WORDS | LANGUAGE
            assert new in known or (new.replace(" ", "") == old and known.issuperset(new.split()))


@given(st.text(max_size=60))
def test_mending_ends_and_is_settled_at_once(text: str) -> None:
    once = mend(text)
    assert mend(once) == once


def test_a_vowel_sounded_last_is_no_slip_of_the_ear() -> None:
    assert mend_spelling("lingo", {"long": 4}, {"x"}.__contains__) == "lingo"


def test_the_first_vowel_of_a_long_word_is_no_slip() -> None:
    assert mend_spelling("a trucker", {}, {"tracker"}.__contains__) == "a trucker"


def test_an_ending_that_two_words_share_makes_them_no_longer() -> None:
    assert mend_spelling("commuting", {"computing": 4}, {"x"}.__contains__) == "commuting"
    assert mend_spelling("compiting", {"computing": 4}, {"x"}.__contains__) == "computing"
