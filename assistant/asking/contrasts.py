"""The ways to ask how two things compare, as one: "what sets X apart from Y", "X as opposed to Y".

Knows wordings. Knows nothing of the corpus, or of what comparing gives.
"""

import re

from ingest.patterns import compile_late

_ONE = r"(?P<one>[^?,:;]+?)"
_TWO = r"(?P<two>(?!that\b|those\b)[^?,:;]+?)"
_WHAT = r"(?P<what>[^?,:;]+?)"
_NOT_SAME = r"not the same(?: thing)?"
_GAP = r"(?:difference|gap)"
_OWN = r"(?P<own>[\w-]+)"
_DO = r"(?:do|does|did|can|could|has|have)"
_OF = r"(?:of|for|in|at)"
_IN = rf"(?:{_OF} )?"
_WITH = r"(?:(?:compare|stack up) )?(?:and|to|with|against)"
_DIFFERENCE = r"What is the difference between \g<one> and \g<two>?"
_VERSUS = r"\g<one> versus \g<two>"

_WAYS = (
    (rf"^what (?:sets|keeps|tells|marks) {_ONE} (?:apart|off) from {_TWO}\W*$", _DIFFERENCE),
    (
        rf"^how (?:is|are) {_ONE} (?:unlike|not like|(?:any )?different (?:from|to|than)|{_NOT_SAME} as) {_TWO}\W*$",
        _DIFFERENCE,
    ),
    (rf"^how (?:is|are) {_ONE} and {_TWO} (?:different|{_NOT_SAME})\W*$", _DIFFERENCE),
    (rf"^how {_DO} {_ONE} differ from {_TWO}\W*$", _DIFFERENCE),
    (rf"^what {_DO} {_ONE}(?: do| have)? that {_TWO} {_DO}(?:n['’]?t|not| not)\W*$", _DIFFERENCE),
    (
        rf"^(?:how {_DO}|compare) (?:the )?{_WHAT} {_OF} {_ONE} {_WITH} (?:(?:that|those) )?{_OF} {_TWO}\W*$",
        rf"{_VERSUS}, \g<what>",
    ),
    (rf"^(?:compare|contrast) {_ONE} (?:and|with|to|against) {_TWO}\W*$", _DIFFERENCE),
    (
        rf"^how {_DO} {_WHAT} (?:compare|differ|vary) (?:between|in|for|across) {_ONE} and {_TWO}\W*$",
        rf"{_VERSUS}, \g<what>",
    ),
    (rf"^how {_DO} {_ONE} and {_TWO} compare\b", _VERSUS),
    (
        rf"^what(?:['’]?s| is| was) the (?:{_GAP} in {_WHAT}|{_OWN} {_GAP}) between {_ONE} and {_IN}{_TWO}\W*$",
        rf"{_VERSUS}, \g<what>\g<own>",
    ),
    (rf"^what(?:['’]?s| is| was) the gap between {_ONE} and {_TWO}\W*$", _VERSUS),
    (r"\b(?:stacks?|measures?|holds?) up (?:against|to|with|beside)\b", "compare to"),
    (r"(?<=\w) (?:as opposed to|v\.?) (?=\w)", " versus "),
)
_PLAINLY = tuple((compile_late(way, re.IGNORECASE), plain) for way, plain in _WAYS)
"""Ways to ask, and the plain one: that of things, or of their figures, which are set side by side."""


def put_contrast_plainly(text: str) -> str:
    """Put a question for how two things compare in the words that most people have for it."""
    for way, plain in _PLAINLY:
        text, found = way.subn(plain, text, count=1)
        if found:
            break
    return text
