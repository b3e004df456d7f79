"""Whether a question names another row, item or section better than the one that was found.

Knows what stands beside a block and what it is called. Knows nothing of cosines or scores.
"""

from assistant.layout.parallels import find_own_section, find_parallels
from assistant.layout.structure import find_kin, find_own_name
from assistant.ranking.matching import TermMatcher
from ingest.document import Block, Document, Kind


class Kin:
    """How much better a question names another row, item or section than this one, 0 to 1.

    What a nested item says itself it need not be named for: "A bachelor's degree costs $9,000", under
    "Tuition", answers what one costs, though another item is named "Costs of bootcamps". The names
    of a table's rows are looked at once, not for each row that is found.
    """

    def __init__(self, matcher: TermMatcher) -> None:
        self._matcher = matcher
        self._best: dict[tuple[str, tuple[str, ...] | int | None, str, frozenset[str]], float] = {}

    def measure(self, document: Document, index: int, said: frozenset[str]) -> float:
        """Measure it for a block that says words with some stems."""
        block = document.blocks[index]
        named = find_own_name(document, index)
        section, others = self._find_section(document, block)
        own = f"{section} {named}".strip()
        says = bool(own) and block.kind is not Kind.ROW
        having = self._matcher.terms_in(said) if says else frozenset()
        key = (document.id, block.header or block.parent, section, having)
        if key not in self._best:
            beside = (f"{other} {named}" for other in others)
            names = [*beside, *(f"{section} {name}" for name in find_kin(document, index))]
            self._best[key] = max((self._weigh(name, having) for name in names), default=0.0)
        best = self._best[key]
        return best and best - self._weigh(own, having)

    def _find_section(self, document: Document, block: Block) -> tuple[str, tuple[str, ...]]:
        """Return the heading that names what a block is about, and those of sections like it."""
        if block.kind is Kind.ROW:
            return "", ()
        section = find_own_section(document, block.heading_path)
        return (section[-1], find_parallels(document)[section]) if section else ("", ())

    def _weigh(self, name: str, having: frozenset[str]) -> float:
        return self._matcher.weigh(self._matcher.named_terms(name) | having)
