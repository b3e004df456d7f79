"""A keeper's desk whose corpus is a folder of the test's, and whose index is made by reading it."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fakes import FakeAssistant, FakeIndex

from eval.corpus_report import CorpusReport
from index.types import BuildSummary, Progress
from ingest.corpus import Repaired, Skipped, find_files
from ingest.document import Chunk, Document
from ingest.formats import asks_to_be_left_out, read_document
from ingest.reading import IngestError
from web.admin.seam import Workshop

TOKEN = "a token long enough"


class KeptIndex(FakeIndex):
    """A small index that also says what was skipped and mended, and gives a block for a chunk."""

    def __init__(
        self,
        documents: Sequence[Document],
        skipped: Sequence[Skipped] = (),
        repaired: Sequence[Repaired] = (),
        version: str = "built-0",
    ) -> None:
        super().__init__(documents)
        self.skipped, self.repaired, self.version = tuple(skipped), tuple(repaired), version

    def chunks(self, document_id: str) -> list[Chunk]:
        document = self.read(document_id)
        return [
            Chunk(f"{document.id}-{block.start}", document.id, document.title, block.heading_path,
                  block.start, block.end, document.text[block.start : block.end])
            for block in document.blocks
        ]  # fmt: skip


def make_report(**found: tuple[object, ...]) -> CorpusReport:
    """Make a report that found nothing but what is given."""
    nothing = dict.fromkeys(("skipped", "repaired", "doubles", "stale", "unreached", "clashes"), ())
    return CorpusReport(documents=2, questions=3, **(nothing | found))


@dataclass
class Bench:
    """Reads the folder into an index when told to; `go` lets a build go on past its first step."""

    corpus: Path
    index: KeptIndex = field(init=False)
    go: threading.Event = field(default_factory=threading.Event)
    fault: Exception | None = None
    builds: int = 0
    report: Callable[[], object] = make_report

    def __post_init__(self) -> None:
        self.go.set()
        self.index = KeptIndex([])
        self.build(lambda *_: None)
        self.assistant = FakeAssistant(self.index)

    def workshop(self) -> Workshop:
        return Workshop(self.corpus, lambda: self.index, self.build, self.make_report)

    def make_report(self) -> object:
        return self.report()

    def build(self, progress: Progress) -> BuildSummary:
        found, skipped = find_files(self.corpus)
        documents = []
        for done, file in enumerate(found):
            progress("reading", done, len(found))
            assert self.go.wait(20)
            if asks_to_be_left_out(file.path.read_bytes()):
                continue
            try:
                documents.append(read_document(file.path.read_bytes(), file.source)[0])
            except IngestError as error:
                skipped.append(Skipped(file.source, error.reason))
        if self.fault is not None:
            raise self.fault
        self.builds += 1
        repaired = [Repaired(documents[0].source, "its table had no header")]
        self.index = KeptIndex(documents, skipped, repaired, f"built-{self.builds}")
        if self.builds > 1:
            self.assistant.index = self.index
        return BuildSummary(
            read=len(documents), skipped=tuple(skipped), repaired=tuple(repaired),
            documents=len(documents), chunks=7, embedded=3, reused=4, removed=0,
            version=self.index.version, changed=True,
        )  # fmt: skip


BEES = """# Keeping Bees

Bees are kept in hives of two boxes, out of the wind.

## Frequently Asked Questions

### Can I keep bees on a roof?

Yes, a flat roof carries a hive well.
"""
BREAD = """# Baking Bread

Bread is baked with steam for the first ten minutes of baking.
"""


def make_bench(folder: Path) -> Bench:
    """Put two articles into a folder, and a file that can't be read, and index them."""
    folder.mkdir(exist_ok=True)
    (folder / "bees.md").write_text(BEES)
    (folder / "bread.md").write_text(BREAD)
    (folder / "notes.rtf").write_text("{\\rtf1 notes}")
    return Bench(folder)
