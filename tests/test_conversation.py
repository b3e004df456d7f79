"""Follow-ups put so that they stand alone, and questions that need no help left as they are."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Role, Turn
from assistant.asking.forms import Ask
from assistant.asking.question import parse_question
from assistant.dialogue.choices import list_options
from assistant.dialogue.conversation import make_standalone
from assistant.dialogue.leaning import leans_on_history
from assistant.dialogue.subject import leave_subject_unnamed, name_subject
from assistant.dialogue.topic import find_topic
from assistant.english.noun_phrases import put_as_doing
from ingest.profile import CorpusProfile
from ingest.words import stems

EMPTY = CorpusProfile()
SHOP = CorpusProfile(
    documents=3,
    abbreviations={"fl": "frame lock"},
    subject="city bicycle",
    activity="repair a city bicycle",
    siblings=(
        ("Step-through", "Roadster", "Folding bicycle", "Cargo bicycle"),
        ("New", "Second-hand", "Yearly upkeep"),
        ("Fox Hut", "Owl Hut"),
        ("Easy", "Moderate", "Hard", "Expert"),
    ),
)


def talk(*said: str) -> list[Turn]:
    """Turns of the two speakers by turns, the user first."""
    roles = (Role.USER, Role.ASSISTANT)
    return [Turn(roles[place % 2], text) for place, text in enumerate(said)]


def follow(question: str, *before: str, profile: CorpusProfile = SHOP) -> str:
    return make_standalone(question, talk(*before), profile)


def asks_for(standalone: str, *wanted: str) -> bool:
    return {found for word in wanted for found in stems(word)} <= set(stems(standalone))


LISTED = "The kinds are: [1]\n- Roadster: heavy. [2]\n- Folding bicycle: small. [3]\n- Cargo: long."


@pytest.mark.parametrize(
    ("question", "before", "wanted", "unwanted"),
    [
        ("How much does it cost?", ("What is a roadster?", "A heavy bicycle."), "roadster", ""),
        ("Why are they heavy?", ("What is a roadster?", "A heavy bicycle."), "roadster", ""),
        ("And for juniors?", ("What does a senior mechanic earn?", "€20."), "juniors", "senior"),
        ("How do I get one?", ("Who rents out a roadster?", "The shop."), "roadster", ""),
        ("and for seniors?", ("How much does a ticket cost?", "$12."), "ticket seniors", ""),
        ("And on Sundays?", ("When is the hall open on Mondays?", "At nine."), "hall Sundays",
         "Mondays"),
        ("And the cargo bicycle?", ("How much does a new roadster cost?", "€820."),
         "new cargo", "roadster"),
        ("and second-hand?", ("How much does a new roadster cost?", "€820."),
         "second-hand roadster", "new"),
        ("What about the Owl Hut?", ("How much is a night in the Fox Hut?", "£9."),
         "night Owl Hut", "Fox"),
        ("And in the Owl Hut?", ("How much is a night in the Fox Hut?", "£9."),
         "night Owl Hut", "Fox"),
        ("and in the Bear Den?", ("How much does a night in the Fox Hut cost?", "£9."),
         "night Bear Den cost", "Fox"),
        ("And the Bear Den?", ("Is the Fox Den open in winter?", "Yes."), "Bear Den winter", "Fox"),
        ("And hub gears?", ("What are derailleur gears?", "Gears."), "hub gears", "derailleur"),
        ("and then?", ("What comes after a theft?", "A report."), "theft", ""),
        ("and a hard one?", ("How long does an easy walk take?", "Three hours."),
         "hard walk", "easy"),
        ("and experts?", ("What do easy riders pay?", "£9."), "experts pay", "easy riders"),
        ("Is it the same for children?", ("Must adults wear a helmet?", "No."), "helmet children",
         ""),
        ("since when?", ("Are frame numbers registered?", "Yes."), "frame numbers registered", ""),
        ("why?", ("Is a cable enough?", "No."), "cable enough", ""),
        ("can I renew it?", ("How long can I keep a book?", "Four weeks."), "renew book", "long"),
        ("Which one is small?", ("Which locks are there?", LISTED, "What is the first one?", "Heavy."),
         "lock small", "roadster"),
        ("and in Ulm?", ("What does a tour in Oslo cost?", "€9.", "and in Bonn?", "€8."),
         "tour Ulm cost", "Oslo Bonn"),
        ("What about Ulm?", ("What does a tour cost in Oslo?", "€9."), "tour cost Ulm", "Oslo"),
        ("which of the two is dearer?",
         ("What does a tour in Oslo cost?", "€9.", "and in Bonn?", "€8."), "dearer Oslo Bonn", "two"),
        ("What do they weigh?", ("What is a roadster?", "A bicycle."), "roadsters weigh", ""),
        ("Is it worth oil?", ("Who rents out a roadster?", "The shop."), "a roadster worth oil", ""),
        ("How long does that take?", ("Can I repair a city bicycle without a stand?", "Yes."),
         "repair city bicycle", "stand"),
        ("am I too old for this?", ("Can I repair a city bicycle?", "Yes."), "old city bicycle", ""),
        ("is it hard?", ("How soon can I repair a city bicycle without a stand?", "In a day."),
         "hard city bicycle", "stand"),
        ("What do they cost?", ("Am I too heavy for a roadster?", "No."), "roadsters cost", "heavy"),
        ("and without a deposit?", ("Can I borrow a violin?", "Yes."), "borrow violin deposit", ""),
    ],
)  # fmt: skip
def test_a_follow_up_takes_from_the_question_before_what_it_leaves_out(
    question: str, before: tuple[str, ...], wanted: str, unwanted: str
) -> None:
    standalone = follow(question, *before)
    assert asks_for(standalone, wanted), standalone
    assert not any(asks_for(standalone, word) for word in unwanted.split()), standalone


def test_a_follow_up_keeps_the_form_of_the_question_before() -> None:
    said = follow("and the folding bicycle?", "How much does a roadster cost?", "€820.")
    assert parse_question(said).ask is Ask.AMOUNT
    assert "a the" not in said


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How much is the first one?", "roadster"),
        ("How much is the second?", "folding"),
        ("Tell me more about the last one", "cargo"),
        ("the third option?", "cargo"),
    ],
)
def test_an_ordinal_means_what_was_listed(question: str, wanted: str) -> None:
    assert asks_for(follow(question, "Which kinds are there?", LISTED), wanted)


def test_an_ordinal_past_the_list_means_nothing() -> None:
    assert "cargo" not in follow("the fifth one?", "Which kinds are there?", LISTED).lower()


@pytest.mark.parametrize(
    "question",
    ["How long do brake pads last?", "How much is the second-hand roadster?",
     "What is the first step in mending a tyre?", "How many ukuleles are there?",
     "Is there a path to the hut?"],
)  # fmt: skip
def test_a_word_that_only_looks_like_a_reference_is_none(question: str) -> None:
    assert follow(question, "Which kinds are there?", LISTED) == question


def test_an_ordinal_can_mean_a_list_further_back() -> None:
    said = follow("And how much is the second one?", "Which kinds are there?", LISTED,
                  "Which is the lightest?", "The racer is.")  # fmt: skip
    assert asks_for(said, "folding")


@pytest.mark.parametrize("asked", ["What about the other one?", "and the other?"])
def test_the_other_one_is_the_side_that_was_not_spoken_of(asked: str) -> None:
    before = ("Is the Fox Hut or the Owl Hut open in winter?", "The Fox Hut is open all year.")
    said = follow(asked, *before)
    assert "Owl Hut" in said
    assert "other" not in said


def test_an_it_that_stands_for_what_follows_leans_on_nothing() -> None:
    question = "Is it worth oiling the chain?"
    assert follow(question, "What is a roadster?", "A heavy bicycle.") == question


def test_a_new_subject_takes_nothing_from_the_conversation() -> None:
    question = "Do I need proof of address to get a library card?"
    assert follow(question, "How much does a roadster cost?", "€820.") == question


def test_what_follows_a_new_subject_is_about_that_one() -> None:
    said = follow("How much does it cost?", "What is a roadster?", "A bicycle.",
                  "What is a frame lock?", "A lock.")  # fmt: skip
    assert asks_for(said, "frame lock")
    assert not asks_for(said, "roadster")


def test_twenty_turns_of_follow_ups_are_resolved_one_after_the_other() -> None:
    turns = ["How much does a new roadster cost?", "€820."]
    for place in range(9):
        turns += [("And the folding bicycle?", "And the cargo bicycle?")[place % 2], "€1."]
    assert len(turns) == 20
    said = follow("and second-hand?", *turns)
    assert asks_for(said, "second-hand folding")
    assert not any(asks_for(said, word) for word in ("cargo", "roadster", "new"))
    assert len(said) < 80


def test_a_short_form_that_is_also_a_word_of_grammar_gives_way_to_its_sibling() -> None:
    countries = CorpusProfile(
        abbreviations={"us": "united states"},
        siblings=(("United States", "India"),),
    )
    before = ("What does a baker earn in the US?", "$9.")
    assert follow("and in India?", *before, profile=countries) == "What does a baker earn in India?"


@pytest.mark.parametrize(
    ("question", "before", "put"),
    [
        ("sorry, I meant how long, not how much", "How much does a tune-up cost?",
         "how long, a tune-up?"),
        ("no, I meant the cargo bicycle", "How much does a roadster cost?",
         "How much does the cargo bicycle cost?"),
        ("I mean is it required", "How much does a licence cost?", "is a licence required"),
        ("which tools?", "Which books do I need?", "Which tools do I need?"),
        ("what parts?", "Which tools do I need?", "Which parts do I need?"),
    ],
)  # fmt: skip
def test_what_was_meant_instead_takes_the_place_of_what_was_asked(
    question: str, before: str, put: str
) -> None:
    assert follow(question, before, "€20.") == put


@pytest.mark.parametrize(
    ("question", "before", "put"),
    [
        ("duration?", "What does a swim course cost?", "What is the duration of a swim course?"),
        ("how long?", "What does a swim course cost?", "how long, a swim course?"),
        ("cost?", "How long is a swim course?", "What is the cost of a swim course?"),
        ("how much?", "What does a swim course cost?", "What does a swim course cost?"),
        ("and their pay?", "How fast will jobs for pool attendants grow?",
         "What is the pay of pool attendants?"),
        ("their hobbies?", "What do pool attendants earn?",
         "What are the hobbies of pool attendants?"),
        ("any drawbacks?", "What is a swim course?", "any drawbacks, a swim course?"),
        ("Growth?", "What is the median wage of bakers in Oslo?",
         "What is the Growth of bakers in Oslo?"),
        ("course length?", "What does a swim course cost?", "course length?"),
        ("and the parking fee?", "What is the entry fee for the museum?",
         "What is the parking fee for the museum?"),
        ("how much flour?", "How do I bake a rye loaf?", "how much flour for a rye loaf?"),
    ],
)  # fmt: skip
def test_another_thing_asked_of_the_same_takes_the_place_of_what_was_asked(
    question: str, before: str, put: str
) -> None:
    assert follow(question, before, "€20.") == put


@pytest.mark.parametrize(
    ("question", "before", "put"),
    [
        ("and a cello?", "Can I borrow a violin for a week?", "Can I borrow a cello for a week?"),
        ("and Bonn?", "What is Oslo known for?", "What is Bonn known for?"),
        ("and trams?", "Do buses cost much?", "Do trams cost much?"),
        ("And parking fines?", "How much is a ticket?", "How much is a ticket, parking fines?"),
        ("and taxes?", "How is Oslo when it comes to food?",
         "How is Oslo when it comes to food, taxes?"),
        ("and the pool?", "Is the hall open in winter?", "Is the hall open in winter, the pool?"),
        ("and the pool?", "Is the hall heated?", "Is the pool heated?"),
        ("and Emma?", "Which books should I read?", "Should I read Emma?"),
        ("what about Emma?", "Which books are popular?", "Is Emma popular?"),
        ("and films?", "Which books should I read?", "Which films should I read?"),
        ("and Monday?", "Which books are there?", "Which books are there, Monday?"),
        ("and if I'm late?", "How much is a renewal for Part A?",
         "How much is a renewal for Part A, if I'm late?"),
        ("the rye one", "What does a white loaf cost?", "What does a rye loaf cost?"),
        ("which cheap ones?", "Which dear tents matter?", "Which cheap tents matter?"),
        ("any free ones?", "Where can I take courses online?", "Where can I take free courses online?"),
        ("and the blue one?", "What does the red map focus on?", "What does the blue map focus on?"),
        ("and the South Bank?", "How far is the North of England?", "How far is the South Bank?"),
        ("Hard level?", "How long does an easy walk take?", "How long does a Hard level walk take?"),
        ("Senior level?", "What do senior guards earn?", "What do senior guards earn?"),
    ],
)  # fmt: skip
def test_a_name_takes_the_place_of_one_of_its_kind(question: str, before: str, put: str) -> None:
    north = CorpusProfile(
        siblings=(*SHOP.siblings, ("South Bank", "East Bank", "North of England"))
    )
    assert follow(question, before, "€20.", profile=north) == put


@pytest.mark.parametrize(
    ("question", "before", "put"),
    [
        ("no, the cargo bicycle", "How much does a roadster cost?",
         "How much does the cargo bicycle cost?"),
        ("sorry, in Bonn", "What does a tour in Oslo cost?", "What does a tour in Bonn cost?"),
        ("not the hut, the hostel", "Where is the hut?", "Where is the hostel?"),
        ("the hostel, not the hut", "Where is the hut?", "Where is the hostel?"),
        ("not tents, maps", "How much is a tent?", "How much is maps?"),
        ("I meant the blue one, not the red", "What does the red map cost?",
         "What does the blue map cost?"),
        ("Do I need a ticket and not a pass?", "Where is the hut?",
         "Do I need a ticket and not a pass?"),
        ("actually, when does the hall open?", "Where is the hut?",
         "actually, when does the hall open?"),
        ("just the part about children please", "What does a ticket cost?",
         "What does a ticket cost, children?"),
    ],
)  # fmt: skip
def test_a_correction_takes_the_place_of_what_was_not_meant(
    question: str, before: str, put: str
) -> None:
    assert follow(question, before, "€20.") == put


LEARNT = ("How long is a swim course?", "A week.", "What is rye?", "A grain.")


@pytest.mark.parametrize(
    ("question", "put"),
    [
        ("back to the swim course: price?", "What is the price of a swim course?"),
        ("back to the swim course, is it hard?", "is the swim course hard?"),
        ("that swim course again, what does it cost?", "what does a swim course cost?"),
        ("going back to the first thing, how much is it?", "how much is a swim course?"),
        ("how much is that course?", "how much is the swim course?"),
        ("about the hall, where is the door?", "where is the door?"),
        ("other question: what is the other door for?", "what is the other door for?"),
        ("unrelated: where do they come from?", "where do city bicycles come from?"),
        ("by the way, is the hall open?", "is the hall open?"),
        ("why is that bread so dark?", "why is that bread so dark?"),
        ("does that matter?", "does rye matter?"),
        ("how come?", "why: What is rye?"),
        ("why is that? I liked it", "why: What is rye?"),
        ("why not?", "why not: What is rye?"),
        ("does it cost anything to get in?", "does it cost anything to get in?"),
        ("is there a club here, can I join one?", "is there a club here, can I join one?"),
    ],
)
def test_a_message_comes_back_to_something_or_leaves_it(question: str, put: str) -> None:
    assert follow(question, *LEARNT) == put


@pytest.mark.parametrize(
    ("question", "before", "put"),
    [
        ("and the other one, the skiff?", ("which boats do people take for fishing", "A punt."),
         "Do people take the skiff for fishing?"),
        ("and a skiff or something?", ("which boats do people look for", "A punt."),
         "Do people look for a skiff?"),
        ("apart from the big ones?", ("which boats do they sell", "A ferry."),
         "which boats do they sell apart from the big ones?"),
        ("what about up north", ("What does a cook earn in Oslo?", "€9."),
         "What does a cook earn up north?"),
        ("what about the people who fish", ("what do sailors earn", "€9."),
         "what do the people who fish earn"),
        ("do I have to have one?", ("what permit do most people have here?", "A green one."),
         "do I have to have a permit?"),
        ("and what goes in it?", ("how do I stand out", "A good letter is what tells."),
         "what goes in a good letter?"),
        ("is that free?", ("can I teach myself", "Yes."), "is that free to teach myself?"),
        ("What about having a swim at night?", ("Can I row on the lake?", "Yes."),
         "Can I have a swim at night?"),
        ("why that one?", ("If I buy one boat, which?", "A punt."), "why: If I buy one boat, which?"),
        ("How many are being built?", ("Are punts popular?", "Yes."),
         "How many are being built (punts)?"),
        ("do they earn more than millers?", ("What does the average baker earn?", "€9."),
         "do average bakers earn more than millers?"),
        ("which boat was it that has a sail?", ("what is a punt?", "A boat.", "and a ferry?", "A ship."),
         "which boat has a sail?"),
        ("what would I do in them?", ("what are the small boats called?", "Punts."),
         "what would I do in small boats?"),
    ],
)  # fmt: skip
def test_what_is_left_out_is_put_where_it_belongs(
    question: str, before: tuple[str, ...], put: str
) -> None:
    assert follow(question, *before) == put


NURSE = CorpusProfile(documents=2, subject="school nurse", activity="become a school nurse")


@pytest.mark.parametrize(
    ("question", "put"),
    [
        ("How do I find jobs in this?", "How do I find jobs as a school nurse?"),
        ("Do they work at night?", "Do school nurses work at night?"),
        ("Do they pay well in Oslo?", "Do they pay well in Oslo?"),
    ],
)
def test_work_is_done_as_somebody_and_paid_for_by_others(question: str, put: str) -> None:
    assert follow(question, profile=NURSE) == put


@pytest.mark.parametrize(
    ("question", "put"),
    [
        ("A friend runs a hostel. What does it cost?",
         "A friend runs a hostel. What does a hostel cost?"),
        ("I was told of a hostel. What do they charge?",
         "I was told of a hostel. What do hostels charge?"),
        ("My son has a violin. Can he play it?", "My son has a violin. Can he play a violin?"),
        ("I have heard of Oslo. Where is it?", "I have heard of Oslo. Where is Oslo?"),
        ("I keep hearing of Velcro, what is it?", "I keep hearing of Velcro, what is Velcro?"),
        ("i am hopeless at maths. do i need it?", "i am hopeless at maths. do i need maths?"),
        ("People rave about Velcro a lot, what is it?",
         "People rave about Velcro a lot, what is Velcro?"),
        ("If I buy a violin, how long is it new?", "If I buy a violin, how long is a violin new?"),
        ("I live in Oslo, is it any good?", "I live in Oslo, is a city bicycle any good?"),
        ("I saw your boats and I love it. What do I do next?",
         "I saw your boats and I love it. What do I do next?"),
        ("Is there a boat of yours that I love?", "Is there a boat of yours that I love?"),
        ("What do people who did it say?", "What do people who did it say?"),
        ("Could you explain what a punt actually is?", "what is a punt?"),
        ("I lost a card. What does it cost to replace the thing?",
         "I lost a card. What does it cost to replace the thing?"),
        ("I have a dog. Is the hall open when it rains?",
         "I have a dog. Is the hall open when it rains?"),
        ("I am a nurse. Is it hard to get on with?",
         "I am a nurse. Is a city bicycle hard to get on with?"),
        ("Is a lesson worth it?", "Is a lesson worth it?"),
        ("Is it worth it?", "Is a city bicycle worth it?"),
        ("What do IT managers earn?", "What do IT managers earn?"),
        ("WHAT IS IT?", "WHAT IS a city bicycle?"),
        ("what's this rye bread thing", "what's this rye bread thing"),
        ("Does that matter?", "Does a city bicycle matter?"),
        ("Does that lesson cost much?", "Does that lesson cost much?"),
        ("What are these tools for?", "What are these tools for?"),
    ],
)  # fmt: skip
def test_a_word_that_points_means_what_its_own_message_names(question: str, put: str) -> None:
    assert follow(question) == put


@pytest.mark.parametrize(
    "said",
    [
        "is " + "a " * 1000,
        "an x " * 400 + "one",
        ", one " * 400,
        "such as x, y " * 200,
        "can I do x " * 200,
    ],
)
def test_a_long_message_is_read_to_its_end(said: str) -> None:
    # In time that grows as its length does: in its square or worse, this would not come to an end.
    assert follow(said * 20, said * 20, "Yes.", "What is rye?", "A grain.")


def test_a_plural_is_looked_for_where_nothing_was_named() -> None:
    assert follow("What do they cost?", "?", "Yes.", profile=EMPTY) == "What do they cost?"


def test_a_name_has_no_plural() -> None:
    said = follow("what do they pay?", "Can I work at Oldtown?", "Yes.")
    assert said == "what do Oldtown pay?"


def test_there_is_the_place_that_was_named() -> None:
    before = ("How soon are bakers paid in Oslo?", "Weekly.")
    assert follow("how many years until senior there?", *before) == (
        "how many years until senior in Oslo?"
    )


def test_their_is_said_of_a_plural() -> None:
    said = follow("What is their pay?", "What is the job growth for ticket inspectors?", "26%.")
    assert asks_for(said, "ticket inspectors")
    assert "growth" not in said


def test_a_one_that_its_own_question_explains_stands_for_nothing_said_before() -> None:
    question = "Is the steel roadster heavier than the folding one?"
    assert follow(question, "How long is a lesson?", "An hour.") == question
    assert "roadster" in follow("Is the folding one lighter?", "What is a roadster?", "A bicycle.")


def test_a_list_goes_before_what_a_later_sentence_enumerates_in_passing() -> None:
    turns = [
        "Which are there?",
        LISTED,
        "What does the first one cost?",
        "€9 for oil, air and rust.",
    ]
    assert asks_for(follow("And the second one?", *turns), "folding bicycle")


def test_asking_which_one_again_and_again_reads_each_turn_once() -> None:
    turns = ["How much does a new roadster cost?", "€820.", "And the cargo bicycle?", "€3,000."]
    said = follow("which one of the two is cheaper?", *turns)
    assert asks_for(said, "cheaper roadster cargo")
    # were each turn read anew for every one after it, forty of them would never come to an end
    turns += ["which one of the two is cheaper?", "The roadster. [1]"] * 40
    assert follow("which ones are in the list?", *turns)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How do I start doing this?", "repair city bicycle"),
        ("How long does it take?", "repair city bicycle"),
        ("Is this a hard thing?", "city bicycle"),
        ("What does this cost?", "city bicycle"),
    ],
)
def test_without_history_this_is_what_the_corpus_is_about(question: str, wanted: str) -> None:
    assert asks_for(make_standalone(question, [], SHOP), wanted)


@pytest.mark.parametrize(
    "question",
    ["Is it likely that a cable can be cut?", "Is there a hut?", "How much does a roadster cost?",
     "How much does it cost to mend a tyre?", "How long does it take before I may ride?", "Who pays the people that come?",
     "I was ill last year. Does that matter?",
     "I'm 58, is that a problem?", "I hit a kerb, will that ruin it?", "Who makes it to the top?",
     "What's it like to ride at night?", "What is it like riding at night?",
     "Does it matter which lock I buy?", "Must I buy a lock if it's dear?"],
)  # fmt: skip
def test_a_question_that_stands_alone_is_left_as_it_is(question: str) -> None:
    assert make_standalone(question, [], SHOP) == question


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("can i do this stuff at night", "can i repair a city bicycle at night"),
        ("Do I need a licence for this?", "Do I need a licence to repair a city bicycle?"),
        ("how long does all this take", "how long does all this take to repair a city bicycle?"),
        ("Is this kind of work hard?", "Is the city bicycle work hard?"),
        ("What do they cost?", "What do city bicycles cost?"),
        ("Do shops lend them?", "Do shops lend them?"),
        ("Is it hard to get on with?", "Is a city bicycle hard to get on with?"),
        ("Is it hard to mend a tyre?", "Is it hard to mend a tyre?"),
        ("Does it help to own a pump?", "Does it help to own a pump?"),
        ("how hard it is to mend a tyre", "how hard it is to mend a tyre"),
        ("Can a child pull this off?", "Can a child repair a city bicycle?"),
    ],
)
def test_this_is_what_the_corpus_is_about(said: str, meant: str) -> None:
    assert name_subject(said, SHOP) == meant


def test_a_corpus_without_a_subject_lends_none() -> None:
    assert name_subject("What does this cost?", EMPTY) == "What does this cost?"
    assert leave_subject_unnamed("What does this cost?", EMPTY) == "What does this cost?"


@pytest.mark.parametrize(
    ("asked", "unnamed"),
    [
        ("Can I repair a city bicycle at night?", "Can I do this at night?"),
        ("What does the City bicycle weigh?", "What does this weigh?"),
        ("Where are city bicycles lent?", "Where are they lent?"),
        ("How many city bicycles are there?", "How many city bicycles are there?"),
        ("Are there city bicycles that fold?", "Are there city bicycles that fold?"),
        ("city bicycle insurance", "this insurance"),
        ("Is being a city bicycle dangerous?", "Is this dangerous?"),
        ("Which city has bicycle lanes?", "Which city has bicycle lanes?"),
        ("What is a city bicycle?", "What is a city bicycle?"),
        ("How do I repair a city bicycle?", "How do I repair a city bicycle?"),
    ],
)
def test_what_the_corpus_is_about_is_left_unnamed_beside_what_is_asked(
    asked: str, unnamed: str
) -> None:
    assert leave_subject_unnamed(asked, SHOP) == unnamed


def test_a_history_in_which_only_the_assistant_spoke_explains_nothing() -> None:
    turns = [Turn(Role.ASSISTANT, "Welcome! Ask about roadsters.")]
    assert make_standalone("What is a cable?", turns, EMPTY) == "What is a cable?"


@pytest.mark.parametrize(
    ("question", "leans"),
    [("why?", True), ("and for seniors?", True), ("how much is it?", True), ("the other one?", True),
     ("guests?", True), ("How much does a night in the Owl Hut cost?", False),
     ("Which tools do I need for the chain of a roadster?", False)],
)  # fmt: skip
def test_only_a_question_that_leaves_something_out_leans(question: str, leans: bool) -> None:
    assert leans_on_history(question) is leans


def test_options_are_named_as_their_items_name_themselves() -> None:
    assert list_options(LISTED) == ["Roadster", "Folding bicycle", "Cargo"]
    assert list_options("Bring: 1. A map 2. The whistle") == ["map", "whistle"]
    assert list_options("You may bring slippers, a torch and a map, such as a, b and c.") != []
    assert list_options("No list here.") == []


def test_a_topic_is_a_noun_phrase_that_is_not_the_subject_of_everything() -> None:
    assert find_topic("How long can I keep a book?", SHOP) == "book"
    assert find_topic("What does a frame lock for a city bicycle cost?", SHOP) == "frame lock"
    assert find_topic("What is the point of a patch kit?", SHOP) == "patch kit"
    assert find_topic("", SHOP) == ""


_SAID = st.text(max_size=50) | st.lists(
    st.sampled_from("and the other one second it why how much hut for in roadster ? new".split()),
    max_size=8,
).map(" ".join)  # fmt: skip


@given(_SAID, st.lists(_SAID, max_size=8))
def test_any_conversation_gives_a_question(question: str, before: list[str]) -> None:
    said = make_standalone(question, talk(*before), SHOP)
    assert isinstance(said, str)
    assert bool(said.strip()) >= bool(stems(question))


@pytest.mark.parametrize(
    ("question", "before", "put"),
    [
        ("and seniors in Peru?", "What do juniors earn in Chile?", "What do seniors earn in Peru?"),
        ("and in Peru for seniors?", "What is the pay for juniors in Chile?",
         "What is the pay for seniors in Peru?"),
        ("and the price of a tent?", "How long do ropes last?", "What is the price of a tent?"),
    ],
)  # fmt: skip
def test_two_places_are_filled_and_a_whole_question_fills_none(
    question: str, before: str, put: str
) -> None:
    assert follow(question, before, "Some.") == put


def test_thanks_are_no_question_and_none_is_asked_by_them() -> None:
    assert follow("thanks a lot!", "What does a lock cost?", "£9.") == "thanks a lot!"
    turns = ("What does a lock cost?", "£9.", "ok, thanks", "You are welcome.")
    assert "lock" in follow("and how heavy is it?", *turns)


@pytest.mark.parametrize(
    ("question", "before", "wanted", "unwanted"),
    [
        ("which is cheaper?", ("What does a tour in Oslo cost?", "€9.", "and in Bonn?", "€8."),
         "cheaper Oslo Bonn", "tour"),
        ("which of the two is longer?",
         ("What does the hill walk cost?", "€9.", "and the lake walk?", "€8.", "is it refunded?", "No."),
         "longer hill lake", "refunded"),
        ("what's the difference?", ("What is deep dyeing?", "A.", "and surface dyeing?", "B."),
         "difference deep dyeing surface", ""),
        ("how long is it?", ("Which is cheaper, the hill walk or the lake walk?", "Lake walk, €8."),
         "long lake walk", "hill cheaper"),
        ("and the other one?", ("What is the fee for A1?", "€9.", "and A2?", "€8.", "is it refunded?", "No."),
         "A1 refunded", "A2"),
        ("and Peru?", ("How fast is Chile growing?", "4%.", "says who?", "The bank."), "Peru growing",
         "Chile"),
        ("and trams?", ("Are buses dear?", "Yes.", "how come?", "Fuel."), "trams dear", "buses"),
        ("and children?", ("How much may I drink?", "A lot.", "and if I'm tired?", "Less."), "drink children",
         "tired"),
        ("everywhere else?", ("What does a tour in Oslo cost?", "€9."), "tour cost places Oslo", ""),
        ("how much are they?", ("Which locks are there?", LISTED, "what is the last one for?", "Loads."),
         "locks", "cargo"),
        ("must they be translated?", ("Which letters do I need?", LISTED, "What is proof of funds?", "A sum."),
         "letters", "funds"),
        ("is it better for me?", ("What is the oil in a lamp?", "Fat."), "oil lamp better", ""),
        ("what are the drawbacks?", ("What is a frame lock?", "A lock."), "drawbacks frame lock", ""),
        ("what about the fun sides, can they help me?", ("What is a lock?", "A thing."), "fun sides help", ""),
        ("what would the same job pay in Peru?", ("What do senior guards get in Chile?", "€9."),
         "senior guards Peru", "job Chile"),
        ("how much is the last one?", ("Which locks are there?", LISTED), "much cargo", ""),
        ("does the first one rust?", ("Which rusts?", "- Roadster, Rust: yes\n- Racer, Rust: no"),
         "roadster", "racer"),
        ("what happens on the second?", ("How many visits are there?",
         "Three. On the first you walk, on the second you bring a rug, a lamp and a chair."), "visits",
         "rug lamp chair"),
        ("tell me about the first one", ("Is oak used?", "Yes, by: halls and many old roofs that still stand today, like Ulm, Bonn and Oslo."), "Ulm", "halls"),
        ("is that safe?", ("Which lock is cheapest?", "Cable has the lowest Price: €9 [1]"), "cable safe",
         "lock"),
        ("and the fastest?", ("Which tram is cheapest?", "Line 4."), "tram fastest", "cheapest"),
        ("what do they charge?", ("Is a tutor better than a class?", "Yes."), "tutors charge", "better"),
        ("how much oil do they need?", ("Which lamp suits beginners?", "The short one."), "lamps oil",
         "suits beginners"),
        ("what does the cable one cost?", ("Which locks are for riders?", "- Cable\n- Chain"),
         "cable lock cost", "riders"),
        ("and the chain one?", ("What does the cable lock cost?", "€9."), "chain lock cost", "cable"),
        ("which one does Bonn use?", ("Which tram does Oslo use?", "Line 4."), "tram Bonn", "Oslo"),
        ("how many steps is that?", ("How long does it take to reach Oldtown?", "A day."), "steps Oldtown",
         "reach"),
        ("what would I earn after that?", ("What if I can't afford a degree?", "A loan."), "earn degree",
         "afford"),
        ("when does it start?", ("What is Beginners 2?", "A course."), "Beginners 2", ""),
        ("ok, Peru then", ("What do bakers earn in Chile, after 4 years?", "€9."), "bakers Peru years",
         "Chile"),
        ("on the motorway?", ("How far do cars go in winter?", "Far.", "by how much?", "A third."),
         "cars motorway", ""),
        ("and trams?", ("Is rain bad?", "No."), "trams bad", "rain"),
        ("which one uses wool?", ("What is the difference between felting and weaving?", "The loom."),
         "wool felting weaving", "difference"),
        ("and red ones?", ("Which blue tents are dry?", "All.", "why is oak dear?", "It is slow."),
         "red tents dry", "blue oak"),
        ("And cheap ones?", ("What do large halls charge for a singer's lamp?", "€9."),
         "cheap halls charge", "large"),
        ("is it better than oak?", ("Do builders care about slate?", "Yes."), "slate better oak",
         "builders"),
        ("back to felting: what's an example?", ("What is felting?", "A craft.", "What is rye?", "Grain."),
         "example felting", "rye"),
        ("how fast?", ("I am a teacher. Is rye growing?", "Yes."), "fast rye growing", "teacher"),
        ("what if I can't afford it?", ("How long is a lesson?", "A day."), "afford lesson", ""),
        ("how long is the first one?",
         ("Which lines are there?", "They run from Ulm to Bonn, and on Fridays."),
         "lines long", "Ulm Bonn"),
        ("when can they raise it?", ("What is the rent?", "£9."), "raise rent", ""),
        ("what can they keep it for?", ("When do I get the deposit back?", "In May."), "keep deposit", "back"),
        ("what's the pay there?", ("How do I get to be a senior?", "Slowly."), "pay senior", ""),
        ("whats the difference", ("what is felting", "A craft.", "and weaving", "Another."),
         "difference felting weaving", ""),
        ("is there a course for it?", ("what is felting", "A craft.", "should i learn", "Yes."),
         "course felting", "learn"),
        ("and half-board?", ("What does a bed cost full-board?", "€9."), "bed half-board", "full-board"),
        ("which is paid more?", ("How fast are bakery jobs growing?", "4%.", "and sewing jobs?", "2%."),
         "paid bakery sewing", "growing"),
        ("is there money for that?", ("Must I insulate first?", "No."), "money insulate", ""),
        ("where did she buy it?", ("How do I open a till?", "With a key."), "buy till", ""),
        ("does it say how to pick?", ("Are there many locks?", "Yes."), "pick locks", ""),
    ],
)  # fmt: skip
def test_a_follow_up_means_what_the_conversation_set_side_by_side_or_left_standing(
    question: str, before: tuple[str, ...], wanted: str, unwanted: str
) -> None:
    standalone = follow(question, *before)
    assert asks_for(standalone, wanted), standalone
    assert not any(asks_for(standalone, word) for word in unwanted.split()), standalone


@pytest.mark.parametrize(
    ("question", "before", "put"),
    [
        ("how long would that take?", ("Can I learn Dutch without a teacher?", "Yes."),
         "how long would that take to learn Dutch?"),
        ("and with one?",
         ("Can I learn Dutch without a teacher?", "Yes.", "how long would that take?", "A year."),
         "how long would that take to learn Dutch, with a teacher?"),
        ("and without it?", ("How far can I go with a day pass?", "20 km."), "How far can I go without a day pass?"),
        ("is that hard?", ("How do I mend a tyre?", "With glue."), "is that hard to mend a tyre?"),
        ("can I do it at night?", ("How do I mend a tyre?", "With glue."), "can I mend a tyre at night?"),
        ("and what if I do?", ("Why do people drop out?", "Money."), "what if I drop out?"),
        ("and in Peru and in Chile?", ("What does a baker earn in Oslo?", "€9."),
         "What does a baker earn in Peru? What does a baker earn in Chile?"),
        ("for example?", ("What is a frame lock?", "A lock."), "for example: What is a frame lock?"),
        ("example?", ("What is a frame lock?", "A lock."), "for example: What is a frame lock?"),
        ("how far?", ("Must I be able to swim?", "Yes."), "how far: Must I be able to swim?"),
        ("and the last?", ("Which kinds are there?", LISTED, "what does the first one cost?", "€9."),
         "what does Cargo cost?"),
    ],
)  # fmt: skip
def test_what_was_asked_about_doing_is_done_on(
    question: str, before: tuple[str, ...], put: str
) -> None:
    assert follow(question, *before, profile=EMPTY) == put


@pytest.mark.parametrize(
    "said",
    ["thanks, that's great", "ok, makes sense", "that is very helpful, thank you!", "good to know"],
)
def test_praise_is_no_question(said: str) -> None:
    assert follow(said, "What does a lock cost?", "£9.") == said


def test_the_list_that_was_asked_for_goes_before_single_items_beside_it() -> None:
    answer = (
        "- Oil for the chain.\n\nThe kinds are:\n- Red\n- Blue\n- Green\n\nAlso:\n- A map of it"
    )
    assert list_options(answer) == ["Red", "Blue", "Green"]


def test_a_figure_enumerates_nothing() -> None:
    assert list_options("Price: €200,000 in all.") == []


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("what if I were an expert there", ("Moderate routes in Peru?", "Two."),
         "expert routes in Peru?"),
        ("what if I'm a student?", ("What does a ticket cost?", "€9."),
         "What does a ticket cost, for a student?"),
        ("why not Oslo", ("Should I visit Bonn?", "Yes."), "Should I visit Oslo?"),
        ("is that more than in Oslo?", ("What does a guide earn in Bonn?", "€20."),
         "What does a guide earn in Bonn? What does a guide earn in Oslo?"),
        ("and in Peru and in Chile?", ("what does a guide earn in Bonn?", "€20."),
         "What does a guide earn in Peru? What does a guide earn in Chile?"),
        ("anything quicker?", ("How long does a ferry take?", "Two hours."),
         "is there anything quicker than a ferry?"),
        ("so what would I do instead?", ("Do I need a helmet?", "No."),
         "what would I do instead of a helmet?"),
        ("how many nights?", ("Is camping allowed in Norway?", "Yes."),
         "how many nights for camping in Norway?"),
        ("can I do one from home?", ("What's an apprenticeship good for?", "For a trade."),
         "can I do an apprenticeship from home?"),
        ("which of them is highest?", ("Which mountain huts have beds?", "Two."),
         "which mountain hut is highest?"),
        ("is it worth it?", ("What does a private teacher cost?", "€30."),
         "is a private teacher worth it?"),
        ("and the last one, how far is it?", ("Which huts have water?", "Birk, Stone and Owl Hut"),
         "how far is Owl Hut?"),
        ("what's in the second one?", ("Which tours are there?", "Coast, Fjord and Forest."),
         "What is Fjord?"),
    ],
)  # fmt: skip
def test_a_follow_up_is_put_whole(question: str, before: tuple[str, str], whole: str) -> None:
    assert follow(question, *before, profile=SHOP) == whole


def test_one_of_several_is_a_figure_of_its_own() -> None:
    asked = follow("do I need one of them?", "What is a roadster?", "A bicycle.")
    assert "one of" in asked


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("what does doing this cost?", "what does becoming a cooper cost?"),
        ("who hires these people?", "who hires coopers?"),
        ("can women do this?", "can women become a cooper?"),
    ],
)
def test_this_and_these_people_are_the_work_and_those_who_do_it(question: str, whole: str) -> None:
    trade = CorpusProfile(documents=3, subject="cooper", activity="become a cooper")
    assert make_standalone(question, (), trade) == whole


@pytest.mark.parametrize(
    ("activity", "doing"),
    [("become a nurse", "becoming a nurse"), ("keep bees", "keeping bees"), ("use it", "using it"),
     ("run a shop", "running a shop"), ("be one", "being one"), ("buy a car", "buying a car")],
)  # fmt: skip
def test_an_activity_is_put_as_doing(activity: str, doing: str) -> None:
    assert put_as_doing(activity) == doing


DOCKS = CorpusProfile(documents=2, subject="dock", siblings=(("Wet dock", "Dry dock"),))


@pytest.mark.parametrize(
    ("question", "before", "whole"),
    [
        ("and the other kind?", ("What is a wet dock?", "One with water."), "What is a dry dock?"),
        ("or rent one?", ("Should I buy a dock?", "No."), "Should I rent a dock?"),
        ("And what would the same berth cost in Peru and in Chile?",
         ("What does a deep berth cost in Oslo?", "€9."),
         "What would a deep berth cost in Peru? What would a deep berth cost in Chile?"),
        ("and in the Hague and in Oslo?", ("what does it cost in Bonn?", "€9."),
         "What does a dock cost in the Hague? What does a dock cost in Oslo?"),
        ("and troubleshooting?", ("What does service pay offshore in Peru?", "€9."),
         "What does troubleshooting pay in Peru?"),
        ("how is the third examined?", ("Which parts are there?", "Hulls, keels and rigs"),
         "how is rigs examined?"),
        ("what does it depend on?", ("What's the salary of a diver in Oslo?", "€9."),
         "what does the salary of a diver in Oslo depend on?"),
        ("is that taxed?", ("What does a deep diver earn in Oslo?", "€9."),
         "is the pay of a deep diver in Oslo taxed?"),
        ("is that taxed?", ("What do you get for a day at sea?", "€9."),
         "is the pay for a day at sea taxed?"),
        ("does it go up later?", ("How much does a berth cost?", "€9."),
         "does the cost of a berth go up later?"),
        ("what goes in there?", ("What is a log for?", "Notes."), "what goes in a log?"),
        ("and a proper bed?", ("What does the skipper's bunk cost?", "€9."),
         "What does a proper bed cost?"),
        ("and the deckhands?", ("What does the skipper earn?", "€9."),
         "What do the deckhands earn?"),
        ("what about the wrist?", ("Do my fingers hurt at first?", "Yes."),
         "Does the wrist hurt at first?"),
        ("never mind that. Which tools do I need?", ("Where can guests go?", "To the hut."),
         "Which tools do I need?"),
    ],
)  # fmt: skip
def test_a_follow_up_may_change_what_is_asked_of(
    question: str, before: tuple[str, str], whole: str
) -> None:
    rows = ("Service, offshore", "Service, onshore", "Troubleshooting")
    profile = replace(DOCKS, siblings=(*DOCKS.siblings, rows))
    assert follow(question, *before, profile=profile) == whole


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("is it stressful?", "is being a cooper stressful?"),
        ("what is it?", "what is a cooper?"),
        ("what is it like?", "what is being a cooper like?"),
        ("how do I start with this whole thing?", "how do I start with being a cooper?"),
        ("how long for this every day?", "how long to become a cooper every day?"),
        ("how do I become one of them?", "how do I become a cooper?"),
        ("is this the same as a joiner?", "is a cooper the same as a joiner?"),
        ("salary", "salary for a cooper?"),
        ("what are the wages like?", "what are the wages like for a cooper?"),
        ("salary in Peru", "salary in Peru"),
    ],
)
def test_it_is_being_one_where_the_subject_is_work(question: str, whole: str) -> None:
    trade = CorpusProfile(documents=3, subject="cooper", activity="become a cooper")
    assert make_standalone(question, (), trade) == whole


def test_one_becomes_what_one_works_as() -> None:
    trade = CorpusProfile(documents=3, subject="cooper", activity="work as a cooper")
    assert make_standalone("how do I become one?", (), trade) == "how do I become a cooper?"
    assert make_standalone("can women do this?", (), trade) == "can women work as a cooper?"


@pytest.mark.parametrize(
    "question",
    ["Is a permit compulsory or is it just advised?", "Are maps sold here, or do they run out?",
     "Where should my map hang so that guests can find it?", "Have you heard that huts close?",
     "Is it a problem if a guest is late?",
     "Once a hut is open, who looks after it?", "If a guest asks my age, do I have to say it?"],
)  # fmt: skip
def test_what_the_same_question_has_named_is_not_sought_elsewhere(question: str) -> None:
    profile = CorpusProfile(subject="ranger", activity="become a ranger")
    assert make_standalone(question, (), profile) == question


def test_what_a_verb_is_told_of_is_no_part_of_its_name() -> None:
    said = make_standalone("A guest asks my age. Should I tell them?", (), EMPTY)
    assert said.endswith("Should I tell guests?")
