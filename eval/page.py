"""A report as one HTML page that needs nothing beside it: no script, no network, no other file.

Knows what the page shows. How it looks is the template's; all text is escaped there.
"""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from eval.comparison import Comparison
from eval.measures import ANSWERS, MEASURES, RETRIEVAL
from eval.plots import plot_bars, plot_calibration, plot_risk
from eval.report import ALL, FOOTNOTE, Report, Setting, judge_selection, summarise
from eval.sections import list_sections
from eval.tables import confusion_rows, slice_rows, system_rows, writer_tables
from eval.writers import TITLE as WRITTEN

TEMPLATES = Path(__file__).parent / "templates"


def render_page(report: Report, comparison: Comparison | None = None) -> str:
    """Write a report as an HTML page, with the flips against an earlier one if given."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("report.html").render(
        report=report,
        settings=[_show_setting(report, setting) for setting in report.settings],
        asked={asked.id: asked for asked in report.questions},
        measures=list(MEASURES.values()),
        comparison=comparison,
        sections=list_sections(report),
    )
    return page + "\n"


def _show_setting(report: Report, setting: Setting) -> dict[str, Any]:
    results = setting.systems[FOOTNOTE]
    selection = judge_selection(report, results)
    slices = summarise(report, results)
    systems = {name: summarise(report, held)[ALL] for name, held in setting.systems.items()}
    answers = [measure.name for measure in ANSWERS]
    retrieval = [measure.name for measure in RETRIEVAL]
    return {
        "name": setting.name,
        "count": len(results),
        "slices": plot_bars(
            [(group, found["correct"]) for group, found in slices.items() if "correct" in found]
        ),
        "systems": [
            (
                MEASURES[name].label,
                plot_bars([(key, found[name]) for key, found in systems.items() if name in found]),
            )
            for name in ("right_answer", "context@2000", "ndcg@10")
            if any(name in found for found in systems.values())
        ],
        "risk": plot_risk(selection.points),
        "calibration": plot_calibration(selection.bins),
        "selection": selection,
        "answers": slice_rows(report, setting, answers, intervals=True),
        "retrieval": slice_rows(report, setting, retrieval, intervals=True),
        "system_answers": system_rows(report, setting, answers),
        "system_retrieval": system_rows(report, setting, retrieval),
        "confusion": confusion_rows(report, setting),
        "writers": writer_tables(setting),
        "written": WRITTEN,
        "wrong": [result for result in results if result.faults],
    }
