"""Reports to files: JSON for programs, Markdown for a pull request, HTML for a reader.

Knows file names. What is in the files is known by report, tables and page.
"""

from dataclasses import dataclass
from pathlib import Path

from eval.comparison import Comparison
from eval.page import render_page
from eval.report import Report, render_json
from eval.tables import render_markdown

NAME = "eval"


@dataclass(frozen=True, slots=True)
class Written:
    """The files of one report."""

    json: Path
    markdown: Path
    html: Path


def write_report(
    report: Report, folder: Path, *, name: str = NAME, comparison: Comparison | None = None
) -> Written:
    """Write a report as `name`.json, .md and .html; raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    files = Written(folder / f"{name}.json", folder / f"{name}.md", folder / f"{name}.html")
    files.json.write_text(render_json(report), encoding="utf-8")
    files.markdown.write_text(render_markdown(report), encoding="utf-8")
    files.html.write_text(render_page(report, comparison), encoding="utf-8")
    return files
