"""The bundled articles state the figures of the sources they restate, and none of their sentences.

Knows which article restates which source, as `corpus/SOURCES.md` says. Reads the files as crudely
as it can and nothing of the project's own readers, so that a fault in those can't hide one here.
"""

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
SOURCES = ROOT.parent / "shared" / "articles"

PAIRS = {
    "becoming-a-machine-learning-engineer.md": "000_e435cb63874cfaa1.txt",
    "machine-learning-engineer-career-guide.txt": "001_a953f88fa7fede0c.txt",
    "first-steps-in-machine-learning-engineering.html": "002_5a8b6dd5e8974e25.txt",
    "breaking-into-machine-learning.pdf": "003_f2d614b66a65a528.txt",
}

pairs = pytest.mark.parametrize(("article", "source"), PAIRS.items())
needs_sources = pytest.mark.skipif(
    not SOURCES.is_dir(), reason="the source articles (../shared/articles) are not here"
)


def read_plain(path: Path) -> str:
    """Read a text file without its front matter, inline tags and link targets."""
    text = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"<[a-z/][^>]*>", " ", text)
    return re.sub(r"\]\([^)]*\)", "]", text)


def read_html(path: Path) -> str:
    """Read what stands inside the article element of a page."""
    article = re.search(r"<article>(.*)</article>", path.read_text(encoding="utf-8"), re.DOTALL)
    assert article is not None
    text = re.sub(r"<!--.*?-->", "", article[1], flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", text))


def read_pdf(path: Path) -> str:
    """Read a PDF's text without the footers of its pages."""
    text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
    return re.sub(r"(?m)^Page \d+$", "", text)


READERS: dict[str, Callable[[Path], str]] = {".html": read_html, ".pdf": read_pdf}


def read(path: Path) -> str:
    return READERS.get(path.suffix, read_plain)(path)


NUMBER_WORDS = "two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|half|twice"


def figures(text: str) -> set[str]:
    """Collect amounts, percentages, years, durations and counts in one notation.

    An amount keeps its currency, a duration its unit. The numbers of list items and numbered
    headings are no figures.
    """
    text = re.sub(r"(?m)^\s*\d+\.\s", "", text)
    text = re.sub(r"\s*[-–—]\s*(?=[$£₹\d])", " – ", text)  # ranges, however they are dashed
    text = re.sub(r"([$£₹])\s+(?=\d)", r"\1", text)
    amount = r"(?:(?:CAD|AUD)\s*)?[$£₹]?\d+(?:,\d+)*(?:\.\d+)?[%+]?"
    found = re.findall(rf"{amount}(?:\s+(?:years?|months?))?", text)
    words = re.findall(rf"\b(?:{NUMBER_WORDS})\b", text.lower())
    vague = re.findall(r"\ba few (?:years|months|weeks)\b", text.lower())
    return {re.sub(r"\s+", " ", figure).lower() for figure in [*found, *words, *vague]}


def sentences(text: str) -> set[tuple[str, ...]]:
    """Collect the sentences, headings and items of at least eight words, as their bare words."""
    parts = re.split(r"[.!?:;|]\s|\n\s*\n|\n\s*(?:[•*#-]|\d+\.)", text)
    words = (tuple(re.findall(r"[\w’']+", part.lower())) for part in parts)
    return {sentence for sentence in words if len(sentence) >= 8}


def rows(text: str) -> list[list[str]]:
    """Collect the cells of the salary table, row by row, from a source's pipes."""
    lines = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for line in lines if "---" not in line[0]]


@needs_sources
@pairs
def test_every_figure_of_the_source_is_restated(article: str, source: str) -> None:
    assert figures(read(SOURCES / source)) - figures(read(CORPUS / article)) == set()


@needs_sources
@pairs
def test_no_figure_is_invented(article: str, source: str) -> None:
    assert figures(read(CORPUS / article)) - figures(read(SOURCES / source)) == set()


@needs_sources
@pairs
def test_no_sentence_is_copied(article: str, source: str) -> None:
    assert sentences(read(CORPUS / article)) & sentences(read(SOURCES / source)) == set()


@needs_sources
def test_every_row_of_the_salary_table_keeps_its_cells_in_order() -> None:
    ours = " ".join(read(CORPUS / "breaking-into-machine-learning.pdf").split())
    table = rows((SOURCES / PAIRS["breaking-into-machine-learning.pdf"]).read_text("utf-8"))[1:]
    assert len(table) == 6
    for row in table:
        assert " ".join(row) in ours


@needs_sources
def test_the_guide_asks_as_many_questions_as_its_source() -> None:
    def asked(path: Path) -> int:
        section = re.split(r"\nFAQ\n", path.read_text("utf-8"))[1]
        return len(re.findall(r"(?m)^\S.*\?$", re.split(r"(?i)\nrelated", section)[0]))

    guide = "machine-learning-engineer-career-guide.txt"
    assert asked(CORPUS / guide) == asked(SOURCES / PAIRS[guide]) == 6


def test_figures_are_read_in_one_notation() -> None:
    assert figures("1. From $10,000-$20,000 a year, 26% in 2 years") == {
        "$10,000",
        "$20,000",
        "26%",
        "2 years",
    }
    assert figures("CAD $70,000 — 1–2\nyears, two types") == {"cad $70,000", "1", "2 years", "two"}
    assert figures("AUD $1,500.") != figures("$1,500.")


def test_sentences_are_compared_by_their_words() -> None:
    assert sentences("• One two three four five six seven eight.\n") == sentences(
        "One two  three four, five six seven EIGHT"
    )
    assert sentences("Too short to count.") == set()


def test_every_bundled_article_has_a_source() -> None:
    articles = {path.name for path in CORPUS.iterdir() if path.name != "SOURCES.md"}
    assert articles == set(PAIRS)
