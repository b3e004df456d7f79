"""The plain question for a yes or no that a tag, a negative or a telegram stands for."""

import pytest

from assistant.asking.inversion import ask_plainly


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Nobody swims there, right?", "Does anybody swim there?"),
        ("No one may swim alone, may they?", "May anyone swim alone?"),
        ("There's no slide, is there?", "Is there any slide?"),
        ("Are there no lockers?", "Are there any lockers?"),
        ("The pool is heated or?", "Is the pool heated?"),
        ("Isn't the pool heated?", "Is the pool heated?"),
        ("Is it not too cold in May?", "Is it too cold in May?"),
        ("do guests not pay for towels?", "do guests pay for towels?"),
        ("Do I gotta wear a cap?", "Do I have to wear a cap?"),
        ("It has to be wired, right?", "Does it have to be wired?"),
        ("I've gotta wear a cap?", "Do I have to wear a cap?"),
        ("You don't need a cap, do you?", "Do you need a cap?"),
        ("you need a cap, right", "Do you need a cap?"),
        ("The sauna's not open, is it?", "Is the sauna open?"),
        ("A child's ticket is optional, isn't it?", "Is a child's ticket optional?"),
        ("We can't dive there, can we?", "Can we dive there?"),
        ("They won't refund me, will they?", "Will they refund me?"),
        ("Is it true that dogs in the pool are not allowed?", "Are dogs in the pool allowed?"),
        ("is it true you can't do it without a cap", "Can you do it without a cap?"),
        ("Am I right in thinking I need a cap?", "Do I need a cap?"),
        ("A small pool is heated?", "Is a small pool heated?"),
        ("You can dive there?", "Can you dive there?"),
        ("Swimming caps - required?", "Are swimming caps required?"),
        ("It is warm, am I right?", "Is it warm?"),
        ("Cap required?", "Is cap required?"),
        ("Dogs allowed?", "Are dogs allowed?"),
        ("Fins: needed or nice to have?", "Are fins needed or optional?"),
        ("Are fins a must-have or a bonus?", "Are fins required or optional?"),
        ("You needn't be fast, need you?", "Do you need to be fast?"),
    ],
)
def test_what_asks_for_a_yes_or_no_is_put_plainly(written: str, plain: str) -> None:
    assert ask_plainly(written) == plain


@pytest.mark.parametrize(
    "written",
    [
        "Are you allowed not to shower?",
        "Is it heated or not?",
        "Documents required?",
        "What is it, right?",
        "Do I have to shower, yes?",
        "I can't swim. Any course that isn't for children?",
        "A cap is required.",
        "I hit a kerb, will that ruin it?",
        "Is it right for children?",
        "Is it true?",
        "Pools I can reach on foot?",
        "Courses that are free?",
        "The cost of a ticket is what?",
        "Is it not only for swimmers?",
    ],
)
def test_what_asks_otherwise_is_left(written: str) -> None:
    assert ask_plainly(written) == written
