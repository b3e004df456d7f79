"""Runs of letters or of marks that no language has: how much of one is read.

Knows characters. Knows nothing of words or of questions.
"""

from ingest.patterns import compile_late

_LONGEST = 64
"""Characters: the longest words of English have 45, the rule below a table's header has about as many."""
_RUN = compile_late(rf"(\W{{{_LONGEST}}})\W+|([\w'’+#-]{{{_LONGEST}}})[\w'’+#-]+")


def shorten_runs(text: str) -> str:
    """Cut every run short that goes on without a word's end, or without a word.

    What looks for words before and after others tries each place of such a run against each: a
    message that is one run of 4,000 characters would be read for minutes.
    """
    return _RUN.sub(r"\1\2", text)
