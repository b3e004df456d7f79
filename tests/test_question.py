"""Questions taken apart: form, units, names, terms and sides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asking.compared import find_sides
from assistant.asking.forms import Ask
from assistant.asking.phrasing import (
    ask_for_benefits,
    ask_for_bidden,
    ask_for_lack,
    is_only_chat,
    put_costs_plainly,
    put_degrees_plainly,
    strip_asking,
)
from assistant.asking.question import (
    asked_units,
    count_asked,
    find_degrees,
    find_kind_stems,
    find_names,
    is_topic,
    parse_question,
    wanted_units,
)
from assistant.english.figures import Unit


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("Are dogs allowed in the reading room?", Ask.YES_NO),
        ("Do I need a helmet?", Ask.YES_NO),
        ("If I am late, must I pay?", Ask.YES_NO),
        ("How much does a ticket cost?", Ask.AMOUNT),
        ("What is the fee for guests?", Ask.AMOUNT),
        ("price of a violin", Ask.AMOUNT),
        ("other ways to get a ticket", Ask.LIST),
        ("What ways are there to cut the fees?", Ask.LIST),
        ("What percentage of bicycles are stolen?", Ask.SHARE),
        ("How long does the walk take?", Ask.DURATION),
        ("How many weeks can I keep a film?", Ask.DURATION),
        ("How many books can I borrow?", Ask.COUNT),
        ("Since when are frames registered?", Ask.YEAR),
        ("When was the hut built?", Ask.YEAR),
        ("When is the hut open?", Ask.OPEN),
        ("How often must the chain be oiled?", Ask.OPEN),
        ("What year was the club founded?", Ask.YEAR),
        ("What is a roadster?", Ask.DEFINITION),
        ("What does FL stand for?", Ask.DEFINITION),
        ("What is the difference between a roadster and a racer?", Ask.DIFFERENCE),
        ("Which hut is the cheapest?", Ask.SUPERLATIVE),
        ("Is a violin cheaper than a guitar?", Ask.CHOICE),
        ("Is a violin or a guitar cheaper?", Ask.CHOICE),
        ("Is there a scanner or a printer?", Ask.YES_NO),
        ("cheapest: a tent, a hut or a hotel?", Ask.CHOICE),
        ("How much more does a cello cost than a violin?", Ask.CHOICE),
        ("How much longer than planned did it take?", Ask.OPEN),
        ("hub gears or derailleur?", Ask.CHOICE),
        ("The Fox Hut against the Owl Hut: what does each cost?", Ask.CHOICE),
        ("How do I mend or replace a tyre?", Ask.STEPS),
        ("How much water must I carry?", Ask.OPEN),
        ("Which is warmer, the Fox Hut or the Owl Hut?", Ask.CHOICE),
        ("What is the request for?", Ask.DEFINITION),
        ("What is a harvest bicycle?", Ask.DEFINITION),
        ("What does a leader do?", Ask.DEFINITION),
        ("How do I mend a tyre?", Ask.STEPS),
        ("What are the rules?", Ask.LIST),
        ("Which tools do I need?", Ask.LIST),
        ("In which lesser-known towns are there huts?", Ask.LIST),
        ("What do I have to bring?", Ask.LIST),
        ("What should a beginner buy first?", Ask.LIST),
        ("What does a lesson involve?", Ask.LIST),
        ("What is included in the fee?", Ask.LIST),
        ("Where can I mend a tyre?", Ask.LIST),
        ("What am I allowed to keep here?", Ask.LIST),
        ("What could go wrong on a tour?", Ask.LIST),
        ("What equipment must I bring?", Ask.LIST),
        ("Where is the Fox Hut?", Ask.OPEN),
        ("What is a cover plate?", Ask.DEFINITION),
        ("What should I do if it breaks?", Ask.OPEN),
        ("Which kind of hut suits beginners?", Ask.OPEN),
        ("Which grip spares the wrists?", Ask.OPEN),
        ("What happens if the chain breaks?", Ask.OPEN),
        ("Why are hub gears dear?", Ask.REASON),
        ("hub gears", Ask.OPEN),
        ("cheapest of the extras", Ask.SUPERLATIVE),
        ("most gears", Ask.SUPERLATIVE),
        ("Which club has most boats?", Ask.SUPERLATIVE),
        ("What do most clubs offer?", Ask.LIST),
        ("What permit do most people have?", Ask.OPEN),
        ("Which hut costs the most?", Ask.SUPERLATIVE),
        ("Which repairs do riders ask for the most?", Ask.LIST),
        ("honest opinion", Ask.OPEN),
    ],
)
def test_the_form_of_a_question(text: str, ask: Ask) -> None:
    assert parse_question(text).ask is ask


@pytest.mark.parametrize("lead", ["Hi, ", "Could you tell me ", "I'd like to know ", "ok so "])
def test_asking_politely_changes_neither_form_nor_terms(lead: str) -> None:
    plain = parse_question("how much does a ticket cost?")
    asked = parse_question(f"{lead}how much does a ticket cost?")
    assert (asked.ask, asked.terms) == (plain.ask, plain.terms)


def test_words_that_only_ask_are_no_terms() -> None:
    question = parse_question("Can you list different kinds of tents?")
    assert dict(question.surface) == {"tent": "tents"}
    assert parse_question("What kinds are there?").terms, "a question is always about something"


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("How much is a tent?", (Unit.MONEY,)),
        ("Which tent is the cheapest?", (Unit.MONEY,)),
        ("Which walk takes the longest time?", (Unit.DURATION,)),
        ("Which town has the highest rate of theft?", (Unit.PERCENT, Unit.MONEY)),
        ("Which tent is the most beautiful?", (Unit.COUNT,)),
        ("Which club is expanding fastest?", (Unit.DURATION, Unit.PERCENT)),
        ("Is the hut open?", ()),
    ],
)
def test_the_figures_that_an_answer_has_to_hold(text: str, units: tuple[Unit, ...]) -> None:
    assert asked_units(parse_question(text)) == units


def test_where_no_unit_is_named_all_may_be_compared() -> None:
    assert wanted_units(parse_question("Is the Fox Hut or the Owl Hut nicer?")) == tuple(Unit)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Who is paid better, cooks or bakers?", "Who earns more, cooks or bakers?"),
        ("Are cooks paid better than bakers?", "Are cooks paid more than bakers?"),
        ("Which guide gets paid the most?", "Which guide earns most?"),
        ("Who is best paid?", "Who earns most?"),
        ("Which pays better, the bakery or the mill?", "Which pays more, the bakery or the mill?"),
        ("who makes more: cooks or bakers", "who earns more: cooks or bakers"),
        ("Who makes more cakes, Ann or Bob?", "Who makes more cakes, Ann or Bob?"),
        ("What makes a better cake, butter or oil?", "What makes a better cake, butter or oil?"),
    ],
)
def test_what_is_better_of_pay_is_more_of_it(text: str, plain: str) -> None:
    assert put_degrees_plainly(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("What does an oven set me back?", "What does an oven cost me?"),
        ("what do tins run you per year", "what do tins cost you per year"),
        ("Which oven runs us least?", "Which oven costs us least?"),
        ("What should I set aside for an oven?", "How much should I set aside for an oven?"),
        ("What should I spend my time on?", "What should I spend my time on?"),
        ("Can you run me through the dough?", "Can you run me through the dough?"),
        ("Who runs the bakery?", "Who runs the bakery?"),
    ],
)
def test_what_sets_one_back_is_what_it_costs(text: str, plain: str) -> None:
    assert put_costs_plainly(text) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("In one sentence, what is rye?", "what is rye?"),
        ("What is rye, in simple terms?", "What is rye?"),
        ("explain rye like I'm five", "explain rye"),
        ("What is rye, in German please?", "What is rye?"),
        ("Write a poem about rye bread", "rye bread"),
        ("Which courses are held in German?", "Which courses are held in German?"),
        ("Who may bake in one of the ovens?", "Who may bake in one of the ovens?"),
        ("What is said in a few lines of the poem?", "What is said in a few lines of the poem?"),
    ],
)
def test_how_an_answer_is_to_be_worded_is_no_part_of_what_is_asked(text: str, plain: str) -> None:
    assert strip_asking(text) == plain


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("How much is a night in the Fox Hut?", ("Fox", "Hut")),
        ("Is tram 7 running?", ("7",)),
        ("FL prices in Lyon", ("FL", "Lyon")),
        ("What is an FL?", ("FL",)),
        ("Roadsters are heavy. Which is lighter?", ()),
        ("how much is a night in the fox hut?", ()),
        ("HOW MUCH IS A NIGHT IN THE FOX HUT?", ()),
        ("What did I pay in 2019?", ("2019",)),
    ],
)
def test_names_and_numbers_are_specifics(text: str, names: tuple[str, ...]) -> None:
    assert find_names(text) == names


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Which is cheaper, the Fox Hut or the Owl Hut?", ("Fox Hut", "Owl Hut")),
        ("What is the difference between hub gears and derailleur gears?",
         ("hub gears", "derailleur gears")),
        ("chain vs. cable", ("chain", "cable")),
        ("Is a roadster cheaper than a racer?", ("roadster", "racer")),
        ("Is a steel frame a lot heavier than an aluminium one?", ("steel frame", "aluminium")),
        ("do rangers earn more than park guides?", ("rangers", "park guides")),
        ("Which costs more than a racer?", ()),
        ("What makes a trip drag on longer than expected?", ()),
        ("Is a violin or a guitar cheaper?", ("violin", "guitar")),
        ("cheapest: a tent, a hut or a hotel?", ("tent", "hut", "hotel")),
        ("Which is lighter: tin, brass, or old iron?", ("tin", "brass", "old iron")),
        ("Which is cheaper, a tent or a hut?", ("tent", "hut")),
        ("In May, a tent or a hut?", ("tent", "hut")),
        ("Who earns more, cello people or tram people?", ("cello", "tram")),
        ("Is a forest or a beach nicer?", ("forest", "beach nicer")),
        ("Is it cheaper to rent or to buy?", ("rent", "buy")),
        ("Which is of more use to a novice, a boat or a raft?", ("boat", "raft")),
        ("Do rangers earn more a day in Bonn or in Ulm?", ("Bonn", "Ulm")),
        ("Does a cook earn more employed or freelance?", ("employed", "freelance")),
        ("Is a hut better than a tent for two?", ("hut", "tent")),
        ("Is pay for cooks higher than for bakers?", ("cooks", "bakers")),
        ("How risky is diving compared with climbing?", ("diving", "climbing")),
        ("Is a hut as dear as a tent?", ("hut", "tent")),
        ("Do cooks earn as much money as bakers?", ("cooks", "bakers")),
        ("Compared to a tent, is a hut cheaper?", ("tent", "hut")),
        ("May I stay as long as I like?", ()),
        ("Is it dearer here than elsewhere?", ()),
        ("What is a tent?", ()),
        ("Which tool turned out to be most useful to beginners?", ()),
    ],
)  # fmt: skip
def test_the_sides_of_a_comparison(text: str, sides: tuple[str, ...]) -> None:
    assert find_sides(text) == sides


def test_what_is_told_before_a_question_is_no_side_of_it() -> None:
    told = parse_question("I come from Kent and row a lot. Which oar is the longest?")
    assert told.sides == ()
    leaning = parse_question("Take a punt or a skiff. Which of them is faster?")
    assert leaning.sides == ("punt", "skiff")


@given(st.text(max_size=80))
def test_any_text_is_a_question_of_some_form(text: str) -> None:
    question = parse_question(text)
    assert question.ask in Ask
    assert all(name in question.text for name in question.names)
    assert set(question.terms) == set(question.surface)


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Isn't a ticket needed?", "Is a ticket needed?"),
        ("don’t I need a ticket", "do I need a ticket"),
        ("Can't I pay by card?", "Can I pay by card?"),
        ("Won't it rust?", "Will it rust?"),
        ("I'd be grateful if somebody could explain what a ticket costs", "what a ticket costs"),
        ("Would it be possible for you to enlighten me on the fees?", "the fees?"),
        ("My question concerns the fees.", "the fees."),
        ("walk me through the journey", "the journey"),
        ("Don't.", "Don't."),
        ("Why isn't it open?", "Why isn't it open?"),
    ],
)
def test_a_question_put_negatively_is_its_plain_form(said: str, asked: str) -> None:
    assert strip_asking(said) == asked


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Why should I bother with a permit?", "What are the benefits of a permit?"),
        ("why would anyone want a half plot", "What are the benefits of a half plot?"),
        ("What's the point of getting a permit?", "What are the benefits of a permit?"),
        ("What do I get out of evening classes?", "What are the benefits of evening classes?"),
        ("What are the pros and cons of a hut?", "What are the advantages and disadvantages of a hut?"),
        ("half plots pros & cons", "What are the advantages and disadvantages of half plots?"),
        ("the ups and downs of keeping hens", "What are the advantages and disadvantages of keeping hens?"),
        ("what are the perks of a plot?", "what are the benefits of a plot?"),
        ("Why should I get up early?", "Why should I get up early?"),
        ("Why do I need a helmet?", "Why do I need a helmet?"),
    ],
)  # fmt: skip
def test_what_is_gained_is_asked_for_as_benefits(said: str, asked: str) -> None:
    assert ask_for_benefits(said) == asked


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Can I skip the permit?", "Can I do without the permit?"),
        ("could we just get by without a map", "could we just do without a map"),
        ("What doesn't a guide like about it?", "What does a guide dislike about it?"),
        ("what do guides not like", "what do guides dislike"),
        ("Can I skip?", "Can I skip?"),
        ("Do you skip lines?", "Do you skip lines?"),
    ],
)
def test_what_is_to_be_left_out_is_asked_for_as_done_without(said: str, asked: str) -> None:
    assert ask_for_lack(said) == asked


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Leaving the price aside, may I bake?", "may I bake?"),
        ("setting rye and oats aside for now, what is malt?", "what is malt?"),
        ("Any cake ideas?", "ideas for cakes?"),
        (
            "I am a complete newcomer to baking, could you please explain to me in simple terms what malt is?",
            "what is malt?",
        ),
        ("Would you be so kind as to list, please, the tools of a baker?", "the tools of a baker?"),
        ("I am a beginner, may I bake?", "I am a beginner, may I bake?"),
        ("good gift ideas for bakers", "ideas for gifts for bakers"),
        ("Whose ideas are these?", "Whose ideas are these?"),
        ("Which flour do all of the authors recommend?", "Which flour is recommended?"),
        ("What does each article advise about yeast?", "yeast?"),
        ("Is rye bread mentioned by everyone?", "rye bread?"),
        ("Is rye flour, or do the articles see it differently?", "Is rye flour"),
        ("Which mill does the baker recommend?", "Which mill does the baker recommend?"),
    ],
)
def test_what_is_set_aside_and_who_is_asked_are_no_part_of_what_is_asked(
    said: str, asked: str
) -> None:
    assert strip_asking(said) == asked


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("thx! one more thing, what does a hut cost", "what does a hut cost"),
        ("is a hut warm lol", "is a hut warm"),
        ("What is the TY mark?", "What is the TY mark?"),
        ("lol", "lol"),
    ],
)
def test_what_chat_adds_is_dropped(said: str, asked: str) -> None:
    assert strip_asking(said) == asked


@given(st.lists(st.sampled_from("hi please ok tell me the hut price of a so and ?".split())))
def test_stripping_what_only_asks_is_done_once_and_for_all(parts: list[str]) -> None:
    once = strip_asking(" ".join(parts))
    assert strip_asking(once) == once
    assert bool(once) == bool(" ".join(parts))


@pytest.mark.parametrize(
    ("asked", "stripped"),
    [
        ("Can you sum up what the articles say about lift passes, including cost?",
         "lift passes, including cost?"),
        ("What does a ranger do, taking all the articles together?", "What does a ranger do?"),
        ("What do they say about tents?", "tents?"),
        ("What is said about tents?", "tents?"),
        ("Sum up what is written about tents.", "tents."),
        ("Summarise what the articles say about tents", "tents"),
        ("Please summarise everything about tents", "tents"),
        ("Do the articles agree on whether a tent is needed?", "Is a tent needed?"),
        ("Do the articles disagree about tents?", "tents?"),
        ("Do the articles mention tents?", "tents?"),
        ("According to these articles, who may camp?", "who may camp?"),
        ("What do the sources say about tents?", "tents?"),
        ("What do all three guides have to say on tents?", "tents?"),
        ("what do they all say about tents", "tents"),
        ("Do all of the pages agree that a tent is needed?", "Is a tent needed?"),
        ("Is there anything about tents?", "tents?"),
        ("Tents and huts: what do the articles say about them?", "Tents and huts"),
        ("Which tents are mentioned?", "Which tents are mentioned?"),
        ("the tents mentioned", "the tents"),
        ("Everything the articles have on tents", "tents"),
        ("any advice about tents?", "tents?"),
        ("What can you tell me about tents?", "tents?"),
        ("what do you know about tents", "tents"),
        ("What do the different guides recommend for tents?", "tents?"),
        ("give me a quick overview of tents", "tents"),
        ("a summary of what a tent costs", "what a tent costs"),
        ("Is a permit needed, and do they agree?", "Is a permit needed"),
        ("Is a permit needed? Do the guides all say the same?", "Is a permit needed?"),
        ("Where do the guides differ on tents?", "tents?"),
        ("Do the guides contradict each other about tents?", "tents?"),
        ("Is there any disagreement about whether a permit is needed?", "Is a permit needed?"),
        ("Where do the guides differ?", "Where do the guides differ?"),
        ("everything about tents", "tents"),
        ("What do the articles say regarding tents?", "tents?"),
        ("Is there something on Friday?", "Is there something on Friday?"),
        ("Do the guides cost anything?", "Do the guides cost anything?"),
        ("What do the guides tell campers about bears?", "What do the guides tell campers about bears?"),
        ("Which of the articles is the newest?", "Which of the articles is the newest?"),
        ("What is in the articles of association?", "What is in the articles of association?"),
    ],
)  # fmt: skip
def test_that_the_articles_are_asked_is_no_part_of_the_question(asked: str, stripped: str) -> None:
    assert strip_asking(asked) == stripped


@pytest.mark.parametrize(
    ("text", "terms", "names"),
    [
        ("My wife is a nurse. How long does the tour take?", {"tour"}, ()),
        ("I am 52, a smoker. May I dive?", {"dive"}, ()),
        ("I live in Peru. What would a guide earn?", {"peru", "guide", "earn"}, ("Peru",)),
        ("I have 4 years of practice. What would a guide earn?", {"4", "guide", "earn"}, ("4",)),
        ("I rent a kayak. Is it insured?", {"rent", "kayak", "insured"}, ()),
        ("A kayak? A boat?", {"kayak", "boat"}, ()),
        ("We rent kayaks. Why?", {"rent", "kayaks"}, ()),
        ("The kayak is red. Is the kayak insured?", {"kayak", "insured"}, ()),
    ],
)
def test_what_is_told_before_a_question_is_no_part_of_it(
    text: str, terms: set[str], names: tuple[str, ...]
) -> None:
    question = parse_question(text)
    assert set(question.surface.values()) == terms
    assert question.names == names
    assert question.text == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Isn't the lake deep?", "Is the lake deep?"),
        ("Can't I swim?", "Can I swim?"),
        ("Don't swimmers need a cap?", "Do swimmers need a cap?"),
        ("can't afford a cap, what now", "can't afford a cap, what now"),
        ("couldn't find a coach", "couldn't find a coach"),
    ],
)
def test_a_negative_is_put_plainly_only_before_its_subject(text: str, plain: str) -> None:
    assert strip_asking(text) == plain


@pytest.mark.parametrize("text", ["thanks", "ok, thanks a lot!", "Great!", "Hello"])
def test_chat_asks_nothing(text: str) -> None:
    assert is_only_chat(text)


@pytest.mark.parametrize("text", ["and then?", "ok, how long?", "thanks, why?", "", "?"])
def test_a_question_with_chat_is_one(text: str) -> None:
    assert not is_only_chat(text)


@pytest.mark.parametrize(
    ("text", "ask"),
    [
        ("what do newly trained bakers make", Ask.AMOUNT),
        ("What does a guide make in Peru?", Ask.AMOUNT),
        ("What does the glue make stick?", Ask.OPEN),
    ],
)
def test_what_one_makes_is_money_where_nothing_else_is_made(text: str, ask: Ask) -> None:
    assert parse_question(text).ask is ask


@pytest.mark.parametrize(
    ("bidden", "asked"),
    [
        ("List all the huts", "What are the huts?"),
        ("Name two towns where trains stop.", "What are the two towns where trains stop?"),
        ("every lake that I can swim in", "What are the lakes that I can swim in?"),
        ("List price of a canoe", "List price of a canoe"),
        ("three reasons to take the train", "What are the three reasons to take the train?"),
        ("Some boats for beginners?", "What are the boats for beginners?"),
        ("Some boats are free?", "Some boats are free?"),
        ("Two year course", "Two year course"),
        ("Every day life", "Every day life"),
        ("All about buses", "All about buses"),
        ("Which huts are there?", "Which huts are there?"),
    ],
)
def test_what_is_to_be_listed_is_asked_for(bidden: str, asked: str) -> None:
    assert ask_for_bidden(bidden) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Name three tools used by smiths", "What are the tools used by smiths?"),
        ("What are the 3 kinds of forge?", "What are the kinds of forge?"),
        ("Which two courses are free?", "Which courses are free?"),
        ("Which 2 year courses are free?", "Which 2 year courses are free?"),
        ("What do two saws cost?", "What do two saws cost?"),
    ],
)
def test_how_many_things_are_to_be_listed_is_demanded_of_no_article(text: str, asked: str) -> None:
    question = parse_question(text)
    assert question.text == asked
    assert not {"three", "two", "3"} & {*question.names, *question.terms} or "two saws" in text


def test_that_a_thing_is_named_is_no_part_of_the_question() -> None:
    assert strip_asking("Which huts that are mentioned?") == "Which huts?"


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("What are the three main risks?", 3),
        ("Name 5 towns on the line", 5),
        ("What are the risks?", 0),
        ("Which hut is best?", 0),
    ],
)
def test_how_many_things_are_asked_for_is_known(question: str, count: int) -> None:
    assert count_asked(question) == count


def test_only_a_superlative_of_a_figure_is_a_degree_that_comparing_finds() -> None:
    assert find_degrees(parse_question("Which course takes longest?")) == ("longest",)
    assert find_degrees(parse_question("Which jobs can I do later?")) == ()
    assert find_degrees(parse_question("Which is the nicest hut?")) == ()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("winter tyres", True), ("tips", True), ("insurance for guests?", True), ("Which tyres are best?", False),
        ("cost of a ticket", False), ("tyres that can be mended", False), ("Do I need tyres?", False),
    ],
)  # fmt: skip
def test_a_topic_is_named_and_nothing_asked_of_it(text: str, topic: bool) -> None:
    assert is_topic(parse_question(text)) is topic


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Which soft skills count?", ("soft", "skill")),
        ("What are the rules of the hut?", ("rule",)),
        ("In what towns do guides meet?", ("town",)),
        ("What must I bring along?", ()),
        ("Why are huts dear?", ()),
    ],
)
def test_what_many_things_are_is_said_by_the_noun_that_is_asked_for(
    text: str, kind: tuple[str, ...]
) -> None:
    assert find_kind_stems(parse_question(text)) == kind


@pytest.mark.parametrize(
    ("asked", "sought"),
    [
        ("Is a helmet optional?", "requir"),
        ("Is a helmet optional for children?", "requir"),
        ("Which parts are optional?", "option"),
    ],
)
def test_what_may_be_optional_is_sought_as_what_is_required(asked: str, sought: str) -> None:
    question = parse_question(asked)
    assert sought in question.terms
    assert question.text == asked


def test_what_no_money_is_to_be_spent_on_asks_for_no_sum() -> None:
    assert parse_question("What shouldn't I spend money on?").ask is Ask.OPEN
    assert parse_question("What should I spend on a tent?").ask is Ask.AMOUNT


def test_a_crop_that_grows_asks_for_no_share() -> None:
    assert parse_question("Which beans are worth growing?").ask is Ask.LIST
    assert parse_question("How fast is the trade growing?").ask is Ask.SHARE


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("Can I learn to dive on my own?", "Can I learn to dive by self-study?"),
        ("could you study law by yourself", "could you study law by self-study"),
        ("May I dive on my own?", "May I dive on my own?"),
        ("Does it learn on its own?", "Does it learn on its own?"),
        ("Can I learn it, or dive on my own?", "Can I learn it, or dive on my own?"),
    ],
)
def test_learning_alone_is_asked_for_as_self_study(asked: str, plain: str) -> None:
    assert parse_question(asked).text == plain


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Can I earn over 100k on a trawler?", ("earn", "trawler")),
        ("Do trawlers pay more than $90,000?", ("trawler", "pay")),
        ("Is 35 too old for a trawler?", ("35", "old", "trawler")),
        ("Do trawlers carry over 90 people?", ("trawler", "carri", "90", "peopl")),
    ],
)
def test_a_sum_that_is_but_a_limit_need_not_be_told(question: str, terms: tuple[str, ...]) -> None:
    assert set(parse_question(question).terms) == set(terms)
