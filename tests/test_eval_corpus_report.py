"""What the keeper of a corpus is told, over three small articles with one of each fault."""

from pathlib import Path

import pytest

from eval.corpus_report import CorpusReport, find_stale, make_corpus_report, render_corpus_report
from ingest.document import Kind
from tests.fakes import make_document

HIVES = """# Hives

## Keeping bees

Bees must be reported, and a veterinary licence is required for every beekeeper in the town.

A full hive weighs about 60 kg and costs 180 euros at the beekeepers' market in spring.

## Weather

In summer the garden needs watering. A storm may carry off the lid. Snow does no harm.
Frost kills the flowers. Fog keeps the bees at home. Hail breaks the glass of the greenhouse.
"""
ROOFS = """# Roofs

## Keeping bees on a roof

Bees must be reported, but for a beekeeper in the town a veterinary licence isn't required.

At the beekeepers' market in spring a full hive costs 250 euros and weighs about 60 kg.

## FAQ

### What does a full hive cost?

It costs 250 euros at the market.
"""
COPY = """# Copy

The prices are those of 2015, as the market published them.

Rain falls in April in this town, and the wind blows hard in all of May.

Rain falls in April in this town, and the wind blows very hard in all of May.
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, encoder_cache: Path) -> CorpusReport:
    corpus = tmp_path_factory.mktemp("articles")
    for name, text in (("hives.md", HIVES), ("roofs.md", ROOFS), ("copy.md", COPY)):
        (corpus / name).write_text(text, encoding="utf-8")
    (corpus / "empty.md").write_text("", encoding="utf-8")
    folder = tmp_path_factory.mktemp("index")
    return make_corpus_report(corpus, folder, year=2024, cache=encoder_cache)


def test_what_was_skipped_is_named(report: CorpusReport):
    assert [one.source for one in report.skipped] == ["empty.md"]


def test_a_double_is_found(report: CorpusReport):
    (double,) = [one for one in report.doubles if one.one.source == "copy.md"]
    assert double.one.text.startswith("Rain falls")
    assert double.other.text.startswith("Rain falls")
    assert double.one.start < double.other.start


def test_contradictions_are_found(report: CorpusReport):
    reasons = {clash.why for clash in report.clashes}
    assert "needed against not needed" in reasons
    assert any("180 euros" in reason and "250 euros" in reason for reason in reasons)
    assert all(clash.one.source != clash.other.source for clash in report.clashes)


def test_old_years_are_found(report: CorpusReport):
    (stale,) = report.stale
    assert (stale.source, stale.year) == ("copy.md", 2015)


def test_a_report_is_laid_out(report: CorpusReport):
    text = render_corpus_report(report)
    assert text.startswith("3 articles, 1 questions")
    assert "needed against not needed" in text
    assert "empty.md" in text


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("In 2015 it was so.", [2015]),
        ("It grows from 2015 to 2033.", []),
        ("In 2023 it was so.", []),
        ("It cost $2,015.", []),
    ],
)
def test_a_span_of_years_is_as_old_as_its_end(text: str, years: list[int]):
    document = make_document("A", [(Kind.PARAGRAPH, text, 0)])
    assert [stale.year for stale in find_stale([document], 2024)] == years


def test_what_a_file_says_of_itself_can_be_old():
    document = make_document("A", [(Kind.PARAGRAPH, "x", 0)], metadata={"date": "2019-04-01"})
    (stale,) = find_stale([document], 2024)
    assert (stale.year, stale.field, stale.place) == (2019, "date", None)
