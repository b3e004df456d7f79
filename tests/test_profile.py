"""What a corpus says of itself: abbreviations, subject, activity, siblings, vocabulary."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.corpus import read_corpus
from ingest.document import Document
from ingest.profile import (
    CorpusProfile,
    count_vocabulary,
    find_abbreviations,
    find_siblings,
    profile_corpus,
)
from ingest.subject import Subject, find_subject
from tests.documents import documents
from tests.reading_desk import from_markdown


def no_rank(_: str) -> None:
    return None


def titled(*titles: str) -> list[Document]:
    return [
        from_markdown(f"# {title}\n\nSome words.\n", f"{place}.md")
        for place, title in enumerate(titles)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A frame lock (FL) stops the wheel.", {"fl": "frame lock"}),
        ("An FL (frame lock) stops the wheel.", {"fl": "frame lock"}),
        ("The centre of mass (CoM) is low.", {"com": "centre of mass"}),
        ("Several frame locks (FLs) were cut.", {"fl": "frame locks"}),
        ("The Owl Hut is open.", {"oh": "owl hut"}),
        ("He left (see BBC) in May.", {}),
        ("A chain (see the FAQ) helps.", {}),
        ("no names and no brackets", {}),
    ],
)
def test_short_forms_are_those_whose_letters_begin_the_words(
    text: str, found: dict[str, str]
) -> None:
    assert find_abbreviations([text]) == found


def test_what_is_defined_goes_before_what_is_only_shown() -> None:
    texts = ["The Fox Lodge is open. The Fox Lodge is old.", "A frame lock (FL) is strong."]
    assert find_abbreviations(texts)["fl"] == "frame lock"


def test_of_two_names_with_the_same_initials_the_more_frequent_wins() -> None:
    texts = ["The Owl Hut is open.", "The Old Hall is shut. The Old Hall is big."]
    assert find_abbreviations(texts)["oh"] == "old hall"


def test_the_initials_of_a_whole_name_go_before_those_of_a_part() -> None:
    texts = ["Visit the Old Hall.", "Your Open Hearth Oven and Your Open Hearth Grill."]
    assert find_abbreviations(texts)["oh"] == "old hall"


def test_a_full_name_is_part_of_the_subject_or_a_label_that_is_not_shortened() -> None:
    profile = CorpusProfile(
        vocabulary={"fr": 1, "us": 2},
        abbreviations={"bm": "bicycle mechanic", "fr": "fast route", "sr": "slow route",
                       "us": "united states", "pc": "popular courses"},
        subject="bicycle mechanic",
        siblings=(("Fast route", "Slow route"), ("United States", "Norway")),
    )  # fmt: skip
    assert profile.full_names == {
        "bm": "bicycle mechanic", "sr": "slow route", "us": "united states",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("titles", "subject"),
    [
        (("How to choose a city bicycle", "Mending a city bicycle", "City bicycle locks"),
         "city bicycle"),
        (("Visiting the Harbour Library", "The Harbour Library card"), "harbour library"),
        (("Bread", "Locks", "Stars"), ""),
        (("How do tides work?",), "tides work"),
        ((), ""),
    ],
)  # fmt: skip
def test_the_subject_is_what_most_titles_name(titles: tuple[str, ...], subject: str) -> None:
    found = titled(*titles)
    assert find_subject(found, no_rank).noun == subject


def test_the_activity_is_what_most_titles_speak_of_doing() -> None:
    found = titled("How to keep a bee", "Can I keep a bee in town?", "What it costs to keep a bee")
    assert find_subject(found, no_rank) == Subject("bee", "keep a bee")
    assert find_subject(titled("Bees", "Hives"), no_rank) == Subject()


WEAVING = """# Working hours and pay

A hand weaver works long hours. To become a hand weaver takes years, and a hand weaver needs a loom.
---
# The hand weaver

Work is hard. Becoming a hand weaver costs little.
---
# Questions about work

## What does work pay?

Work pays well, said one hand weaver. Hand weavers work a lot.
"""


def test_an_activity_is_told_by_its_verb_however_titles_put_it() -> None:
    found = [
        from_markdown(f"# {title}\n\nMany become a piper.\n", f"{place}.md")
        for place, title in enumerate(("Your way to becoming a piper", "How to become a piper"))
    ]
    assert find_subject(found, no_rank) == Subject("piper", "become a piper")


def test_the_subject_is_what_all_speak_of_in_words_that_tell() -> None:
    found = [
        from_markdown(text, f"{place}.md") for place, text in enumerate(WEAVING.split("---\n"))
    ]
    ranks = {"work": 10, "hand": 1000, "working": 30, "hours": 40, "pay": 50, "questions": 60}
    assert find_subject(found, ranks.get) == Subject("hand weaver", "become a hand weaver")


FARRIERS = """# The farrier at work

A farrier needs a training farrier. Training farriers are few, and a training farrier is asked twice.
To become a farrier you find one.
---
# What a farrier earns

Every farrier is paid by the horse. A training farrier is paid more, the training farrier says.
---
# How do I find a training farrier?

Ask a farrier. The training farrier may say no, another training farrier yes.
---
# How to find a training farrier

Write to a farrier. A training farrier who says yes is a training farrier to keep.
"""


def test_a_kind_of_the_subject_that_fewer_titles_name_is_not_the_subject() -> None:
    found = [from_markdown(text, f"{n}.md") for n, text in enumerate(FARRIERS.split("---\n"))]
    found += titled("A farrier's tools", "The farrier's year", "The farrier and the vet")
    assert find_subject(found, no_rank) == Subject("farrier", "become a farrier")


def test_what_many_have_a_section_on_is_not_the_activity_of_the_corpus() -> None:
    texts = [
        f"# {title}\n\nIn Bonn.\n\n## How to find a flat\n\nAsk.\n"
        for title in ("Bonn for students", "Students in Bonn", "Bonn: what students eat")
    ]
    found = [from_markdown(text, f"{n}.md") for n, text in enumerate(texts)]
    assert find_subject(found, no_rank).activity != "find a flat"


@pytest.mark.parametrize(
    ("text", "activity"),
    [
        ("Training nurses is work. Training nurses are tired. They train.", ""),
        ("Keeping bees is fun. To keep bees costs little.", "keep nurses"),
        ("To become a nurses teacher, become a nurses teacher.", ""),
        ("She was promoted to full nurses.", ""),
    ],
)
def test_the_doing_is_a_verb_with_the_whole_subject(text: str, activity: str) -> None:
    told = text.replace("bees", "nurses")
    found = [from_markdown(f"# Nurses {n}\n\n{told}\n", f"{n}.md") for n in range(3)]
    assert find_subject(found, no_rank) == Subject("nurses", activity)


def test_what_one_is_and_acts_as_is_work() -> None:
    told = "As a cooper she works in oak. Can anyone be a cooper? Coopers who bend staves sweat."
    found = [from_markdown(f"# Coopers {n}\n\n{told}\n", f"{n}.md") for n in range(3)]
    assert find_subject(found, no_rank) == Subject("cooper", "work as a cooper")
    told = "A barrel leaks. Each cooper mends a barrel, and no barrel is as good as a new barrel."
    found = [from_markdown(f"# Barrels {n}\n\n{told}\n", f"{n}.md") for n in range(3)]
    assert find_subject(found, no_rank) == Subject("barrel")


def test_what_does_as_well_as_another_is_no_work() -> None:
    told = "Do trays work as well as braces? Braces hold. A brace is glued on. Braces hurt."
    found = [from_markdown(f"# Braces {n}\n\n{told}\n", f"{n}.md") for n in range(3)]
    assert find_subject(found, no_rank).activity == ""


BANJO = """# Learning the banjo

I learned the banjo late. To learn it, play the banjo daily. The drone helps.
---
# Banjo and drone

Learn slowly. The banjo forgives, the drone does not. To learn a song on the banjo takes a week.
---
# The banjo school

We like you to learn here. A banjo is lent, and the banjo is tuned by us.
"""


def test_what_every_title_names_and_all_speak_of_most_is_the_subject_though_everyday() -> None:
    found = [from_markdown(text, f"{n}.md") for n, text in enumerate(BANJO.split("---\n"))]
    assert find_subject(found, {"banjo": 2100, "learn": 4000}.get).noun == "banjo"


def test_a_single_article_is_about_what_its_title_and_text_say_most() -> None:
    text = """# Mending a wet cellar: what a builder's diary says

A wet cellar smells. First I dried the walls. Whoever has a wet cellar needs a pump.
"""
    assert find_subject([from_markdown(text, "a.md")], no_rank).noun == "wet cellar"


def test_a_single_article_is_about_the_deed_that_opens_its_title() -> None:
    text = "# Mooring a small barge in winter\n\nTo moor it, find a quay. The quay has rings. Quays fill.\n"
    found = find_subject([from_markdown(text, "a.md")], no_rank)
    assert found == Subject("small barge", "moor a small barge")


def test_a_corpus_of_many_things_has_no_subject() -> None:
    texts = ("# Bees\n\nBees hum.\n", "# Locks\n\nLocks hold.\n", "# Stars\n\nStars shine.\n")
    found = [from_markdown(text, f"{place}.md") for place, text in enumerate(texts)]
    assert find_subject(found, no_rank) == Subject()


def test_rows_columns_and_items_are_siblings_of_their_like() -> None:
    document = from_markdown("""# Fees

Kinds:

- Roadster: heavy
- Racer – light

| Hut | Guests | Members |
| --- | --- | --- |
| Fox | 1 | 2 |
| Owl | 3 | 4 |
""")
    groups = find_siblings([document])
    assert ("Roadster", "Racer") in groups
    assert ("Guests", "Members") in groups
    assert ("Fox", "Owl") in groups


def test_a_word_is_counted_once_for_each_document_and_without_its_possessive() -> None:
    counts = count_vocabulary(titled("Club rules of the club", "The club’s hut"))
    assert counts["club"] == 2
    assert counts["rules"] == 1
    assert "club's" not in counts


def test_a_corpus_of_files_is_profiled_whole(tmp_path) -> None:
    (tmp_path / "a.md").write_text("# How to keep a bee\n\nA smoke can (SC) calms them.\n")
    (tmp_path / "b.txt").write_text("How to keep a bee in winter\n\nBees eat their own honey.\n")
    profile = profile_corpus(read_corpus(tmp_path).documents)
    assert profile.documents == 2
    assert profile.activity == "keep a bee"
    assert profile.abbreviations == {"sc": "smoke can"}
    assert profile.vocabulary["honey"] == 1


@given(st.lists(documents, max_size=3))
def test_any_corpus_has_a_profile_that_survives_storage(found: list[Document]) -> None:
    profile = profile_corpus(found)
    again = CorpusProfile.from_json(profile.to_json())
    assert again.to_json() == profile.to_json()
    assert profile_corpus(found).to_json() == profile.to_json()
    assert profile.content_vocabulary() == sorted(set(profile.content_vocabulary()))
    assert set(profile.content_vocabulary()) <= set(profile.vocabulary)


@given(
    st.lists(st.text("abc", min_size=1, max_size=4), max_size=9),
    st.text("abc", min_size=1, max_size=3),
)
def test_a_beginning_is_found_where_a_word_has_it(found: list[str], beginning: str) -> None:
    profile = CorpusProfile(vocabulary=dict.fromkeys(found, 1))
    assert profile.has_beginning(beginning) is any(word.startswith(beginning) for word in found)
    expected = sorted(word for word in set(found) if word.startswith(beginning))
    assert profile.list_beginning(beginning) == expected
