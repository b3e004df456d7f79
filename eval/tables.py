"""Reports as text: tables for a terminal and for Markdown.

Knows reports and how wide a column is. Knows nothing of HTML, files or terminals' abilities.
"""

from collections.abc import Mapping, Sequence

from eval.comparison import Change, Comparison
from eval.measures import ANSWERS, MEASURES, RETRIEVAL, Measure
from eval.report import (
    ALL,
    FOOTNOTE,
    Figure,
    Report,
    Setting,
    confusion,
    judge_selection,
    list_traces,
    summarise,
)
from eval.sections import list_sections
from eval.writers import TITLE as WRITTEN
from eval.writers import cause_rows, trace_rows

SHOWN = (
    "right_answer",
    "citation_precision",
    "citation_recall",
    "sources_met",
    "declines",
    "refuses",
    "length",
    "recall@5",
    "ndcg@10",
    "context@2000",
)
"""The columns of a terminal's table; files have all of them."""

LIKELY = 0.05
"""A change with a smaller p value is marked: by chance alone it would come up one time in 20."""

Row = Sequence[str]


def render_terminal(report: Report) -> str:
    """Lay a report out for a terminal: a table by slice and one of baselines to each setting."""
    parts = [_headline(report)]
    for setting in report.settings:
        parts.append(_heading(report, setting))
        parts.append(align(slice_rows(report, setting, SHOWN)))
        parts.append(align(system_rows(report, setting, SHOWN)))
        parts += [align(rows) for rows in writer_tables(setting)]
    for section in list_sections(report):
        if section.brief:
            parts += [f"-- {section.title}", *map(align, section.tables), *section.notes]
    return "\n\n".join(parts)


def render_markdown(report: Report) -> str:
    """Write a report as Markdown, with every figure and its interval."""
    parts = ["# Evaluation", _headline(report), "\n".join(f"- {note}" for note in report.notes)]
    for setting in report.settings:
        parts.append(f"## {setting.name.capitalize()}")
        for title, measures in (("Answers", ANSWERS), ("Retrieval", RETRIEVAL)):
            names = [measure.name for measure in measures]
            rows = slice_rows(report, setting, names, intervals=True)
            parts += [f"### {title} by slice", pipe(rows)]
            parts += [f"### {title}: baselines", pipe(system_rows(report, setting, names))]
        parts += [
            "### Verdicts",
            pipe(confusion_rows(report, setting)),
            _selection(report, setting),
        ]
        written = writer_tables(setting)
        parts += [f"### {WRITTEN}", *(pipe(rows) for rows in written)] if written else []
        parts += ["### Questions that went wrong", _wrong(report, setting)]
    for section in list_sections(report):
        parts += [f"## {section.title}", section.meaning, *map(pipe, section.tables)]
        parts += section.notes
    parts += ["## Made from", _provenance(report.provenance), "## Figures", _legend(MEASURES)]
    return "\n\n".join(parts) + "\n"


def render_comparison(comparison: Comparison) -> str:
    """Lay a comparison out: the figures with their p values, then the questions that flipped."""
    rows: list[Row] = [("setting", "figure", "before", "after", "change", "p", "questions")]
    rows += [_change_row(change) for change in comparison.changes]
    parts = [align(rows)]
    for won, title in ((True, "now right"), (False, "now wrong")):
        flips = [flip for flip in comparison.flips if flip.won is won]
        lines = [f"{title}: {len(flips)}"]
        lines += [f"  {f.setting} / {f.slice} / {f.id}: {f.question}" for f in flips]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def slice_rows(
    report: Report, setting: Setting, names: Sequence[str], *, intervals: bool = False
) -> list[Row]:
    """Make a table of our own figures, one row to a group of questions."""
    summary = summarise(report, setting.systems[FOOTNOTE])
    present = [name for name in names if any(name in figures for figures in summary.values())]
    rows: list[Row] = [("slice", "n", *(MEASURES[name].label for name in present))]
    counts = _counts(report, setting)
    rows += [
        (
            group,
            str(counts[group]),
            *(show(MEASURES[name], figures.get(name), interval=intervals) for name in present),
        )
        for group, figures in summary.items()
        if counts[group]
    ]
    return rows


def system_rows(report: Report, setting: Setting, names: Sequence[str]) -> list[Row]:
    """Make a table of every system's figures over all questions."""
    figures = {
        system: summarise(report, results)[ALL] for system, results in setting.systems.items()
    }
    present = [name for name in names if any(name in found for found in figures.values())]
    rows: list[Row] = [("system", *(MEASURES[name].label for name in present))]
    rows += [
        (system, *(show(MEASURES[name], found.get(name)) for name in present))
        for system, found in figures.items()
    ]
    return rows


def confusion_rows(report: Report, setting: Setting) -> list[Row]:
    """Make the table of expected against given verdicts."""
    counts = confusion(report, setting.systems[FOOTNOTE])
    outcomes = ("answered", "partial", "not_in_articles")
    rows: list[Row] = [("should be", *(f"is {outcome}" for outcome in outcomes))]
    rows += [
        (expected, *(str(counts.get((expected, given), 0)) for given in outcomes))
        for expected in outcomes
    ]
    return rows


def writer_tables(setting: Setting) -> list[list[Row]]:
    """Make the tables of what a language model wrote; none where no model was to write."""
    traces = list_traces(setting)
    tables = [trace_rows(traces), cause_rows(traces)] if traces else []
    return [rows for rows in tables if len(rows) > 1]


def show(measure: Measure, figure: Figure | None, *, interval: bool = False) -> str:
    """Write a figure: a share with three digits, a length in whole characters."""
    if figure is None:
        return "-"
    digits = 0 if measure.name == "length" else 3
    text = f"{figure.mean:.{digits}f}"
    if interval:
        text += f" ({figure.low:.{digits}f}–{figure.high:.{digits}f})"
    return text


def align(rows: Sequence[Row]) -> str:
    """Lay rows out in columns, the first to the left and the others to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def pipe(rows: Sequence[Row]) -> str:
    """Write rows as a Markdown table."""
    escaped = [[cell.replace("|", "\\|") for cell in row] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in escaped]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def _headline(report: Report) -> str:
    known = report.provenance
    return (
        f"{len(report.questions)} questions over {known['corpus']} "
        f"({known['documents']} articles, index {known['index_version']}). {report.notes[0]}"
    )


def _heading(report: Report, setting: Setting) -> str:
    count = len(setting.systems[FOOTNOTE])
    asked = f"{count} of {len(report.questions)} questions"
    return f"-- {setting.name} ({asked}): {_selection(report, setting)}"


def _selection(report: Report, setting: Setting) -> str:
    selection = judge_selection(report, setting.systems[FOOTNOTE])
    return (
        f"area under risk-coverage {selection.area:.3f}, "
        f"calibration error {selection.calibration_error:.3f}, Brier score {selection.brier:.3f}"
    )


def _wrong(report: Report, setting: Setting) -> str:
    asked = {one.id: one for one in report.questions}
    lines = [
        f"- `{result.id}` ({asked[result.id].slice}) {_inline(asked[result.id].text)}: "
        f"{_inline('; '.join(result.faults))}"
        for result in setting.systems[FOOTNOTE]
        if result.faults
    ]
    return "\n".join(lines) or "None."


def _inline(text: str) -> str:
    """Keep a question or a fault on its line, and its signs from being read as Markdown."""
    line = " ".join(text.split())
    for sign in "\\`*_[]<>|#":
        line = line.replace(sign, f"\\{sign}")
    return line


def _provenance(provenance: Mapping[str, object]) -> str:
    return "\n".join(f"- {name}: `{value}`" for name, value in provenance.items())


def _legend(measures: Mapping[str, Measure]) -> str:
    return "\n".join(
        f"- **{measure.label}** (`{measure.name}`): {measure.meaning}"
        + ("" if measure.higher_is_better else "; less is better")
        for measure in measures.values()
    )


def _counts(report: Report, setting: Setting) -> dict[str, int]:
    ids = {result.id for result in setting.systems[FOOTNOTE]}
    return {group: len(ids.intersection(held)) for group, held in report.groups().items()}


def _change_row(change: Change) -> Row:
    measure = MEASURES[change.measure]
    digits = 0 if measure.name == "length" else 3
    mark = " *" if change.p < LIKELY else ""
    return (
        change.setting,
        measure.label,
        f"{change.before:.{digits}f}",
        f"{change.after:.{digits}f}",
        f"{change.after - change.before:+.{digits}f}",
        f"{change.p:.4f}{mark}",
        str(change.count),
    )
