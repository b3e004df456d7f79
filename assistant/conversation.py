"""A question and the turns before it, to a question that stands alone.

Knows English pronouns and ellipsis. Knows nothing of the corpus beyond its profile.
"""

from collections.abc import Sequence

from assistant.answer import Turn
from ingest.profile import CorpusProfile


def make_standalone(question: str, history: Sequence[Turn], profile: CorpusProfile) -> str:
    """Rewrite a question so that it can be understood without its conversation."""
    return question
