"""The parts of a report that stand beside its settings, in one form for every way to show them.

Knows which there are and in what order. Knows nothing of terminals, Markdown or HTML.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from eval import ablation, checks, outside
from eval.report import Report


@dataclass(frozen=True, slots=True)
class Section:
    """A title, what the figures mean, tables with their headers, and lines below them.

    One that is not `brief` is left to the files: it tells how Footnote came about, not how it does.
    """

    title: str
    meaning: str
    tables: Sequence[Sequence[Sequence[str]]]
    notes: Sequence[str]
    brief: bool = True


def list_sections(report: Report) -> list[Section]:
    """Return the sections that a report has."""
    sections = []
    if report.checks is not None:
        tables = (checks.marked_rows(report.checks), checks.accuracy_rows(report.checks))
        shown = [rows for rows in tables if len(rows) > 1]
        sections.append(Section(checks.TITLE, checks.MEANING, shown, report.checks.absent))
    if report.outside is not None:
        shown = outside.outside_tables(report.outside)
        sections.append(Section(outside.TITLE, outside.MEANING, shown, report.outside.notes))
    if report.ablation is not None:
        made = report.ablation
        rows = [ablation.ablation_rows(made)]
        sections.append(Section(ablation.TITLE, made.meaning, rows, made.notes, brief=False))
    return sections
