"""Reports, floors and comparisons over a few made-up results."""

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from eval.comparison import compare_reports
from eval.gate import (
    FloorsError,
    check_floors,
    count_applying,
    load_floors,
    make_floors,
    write_floors,
)
from eval.report import (
    Asked,
    Report,
    ReportError,
    Result,
    Setting,
    judge_selection,
    read_report,
    render_json,
    summarise,
)
from eval.tables import render_comparison, render_markdown, render_terminal
from eval.writing import write_report

QUESTIONS = (
    Asked("h1", "honey", "dev", "How much honey?", "answered"),
    Asked("h2", "honey", "test", "How much <b>honey</b> | in the 'first' year?", "answered"),
    Asked("w1", "wasps", "test", "What about wasps?", "not_in_articles"),
)


def results(h1: float = 1.0, h2: float = 1.0, w1: float = 1.0) -> tuple[Result, ...]:
    def answerable(key: str, right: float) -> Result:
        values = {"correct": right, "right_answer": right, "refuses": 0.0, "ndcg@10": 0.5}
        return Result(key, "answered", values, 0.9, "20 kg [1]", () if right else ("lacks 'kg'",))

    declined = "not_in_articles" if w1 else "answered"
    values = {"correct": w1, "declines": w1}
    return (answerable("h1", h1), answerable("h2", h2), Result("w1", declined, values, 0.2))


def make_report(*ours: Result, **provenance: Any) -> Report:
    known = {
        "corpus": "bees",
        "documents": 2,
        "index_version": "v1",
        "questions_digest": "d1",
        "selected": [],
    }
    baseline = tuple(replace(result, confidence=1.0) for result in results(0.0, 1.0, 0.0))
    systems = {"footnote": ours or results(), "random": baseline}
    return Report(known | provenance, QUESTIONS, (Setting("as is", systems),), ("Judged by hand.",))


def floors_file(folder: Path, *rows: dict[str, Any], tolerance: float = 0.02) -> Path:
    path = folder / "floors.json"
    path.write_text(json.dumps({"tolerance": tolerance, "floors": list(rows)}), encoding="utf-8")
    return path


def floor(group: str, measure: str, **bound: Any) -> dict[str, Any]:
    return {"setting": "as is", "group": group, "measure": measure, **bound}


# ---- the gate


def test_a_report_above_its_floors_passes(tmp_path: Path):
    path = floors_file(
        tmp_path,
        floor("all", "right_answer", at_least=0.9),
        floor("honey", "refuses", at_most=0.1),
    )
    assert check_floors(make_report(), load_floors(path)) == []


def test_a_shortfall_names_slice_and_questions(tmp_path: Path):
    path = floors_file(
        tmp_path,
        floor("honey", "right_answer", at_least=0.9),
        floor("wasps", "declines", at_least=0.9),
    )
    (one,) = check_floors(make_report(*results(h2=0.0)), load_floors(path))
    assert str(one) == "as is / honey / right_answer: 0.500, must be at least 0.9; see h2"


def test_a_ceiling_is_held_too(tmp_path: Path):
    path = floors_file(tmp_path, floor("honey", "ndcg@10", at_most=0.4))
    (one,) = check_floors(make_report(), load_floors(path))
    assert one.questions == ("h1", "h2")
    assert "must be at most 0.4" in str(one)


@pytest.mark.parametrize(("bound", "short"), [(0.51, 0), (0.52, 0), (0.53, 1)])
def test_the_tolerance_is_allowed_and_no_more(tmp_path: Path, bound: float, short: int):
    path = floors_file(tmp_path, floor("all", "ndcg@10", at_least=bound))
    assert len(check_floors(make_report(), load_floors(path))) == short


def test_a_floor_has_its_own_tolerance(tmp_path: Path):
    path = floors_file(tmp_path, floor("all", "ndcg@10", at_least=0.51, tolerance=0.0))
    assert len(check_floors(make_report(), load_floors(path))) == 1


def test_a_figure_that_is_gone_falls_short(tmp_path: Path):
    path = floors_file(tmp_path, floor("hornets", "right_answer", at_least=0.5))
    (one,) = check_floors(make_report(), load_floors(path))
    assert "no such figure" in str(one)


def test_floors_of_another_corpus_do_not_apply(tmp_path: Path):
    path = floors_file(tmp_path, floor("all", "ndcg@10", at_least=1.0, corpus="bread"))
    assert check_floors(make_report(), load_floors(path)) == []
    assert count_applying(make_report(), load_floors(path)) == 0


def test_part_of_a_set_is_held_against_the_floors_of_that_part(tmp_path: Path):
    path = floors_file(
        tmp_path,
        floor("all", "ndcg@10", at_least=1.0),
        floor("honey", "ndcg@10", at_least=1.0),
    )
    report = make_report(selected=["honey"])
    assert [one.floor.group for one in check_floors(report, load_floors(path))] == ["honey"]


def test_half_of_a_set_is_not_held_against_the_floors_of_the_whole(tmp_path: Path):
    floors = load_floors(floors_file(tmp_path, floor("all", "ndcg@10", at_least=1.0)))
    assert check_floors(make_report(), floors)
    assert check_floors(make_report(split="test"), floors) == []
    assert count_applying(make_report(split="test"), floors) == 0


def test_floors_made_of_a_report_hold_it_and_not_a_worse_one(tmp_path: Path):
    path = tmp_path / "floors.json"
    measures = ["right_answer", "declines", "refuses"]
    path.write_text(make_floors(make_report(), measures, groups=["all"], below=0.02), "utf-8")
    assert check_floors(make_report(), load_floors(path)) == []
    worse = check_floors(make_report(*results(h1=0.0, w1=0.0)), load_floors(path))
    assert {one.floor.measure for one in worse} == {"right_answer", "declines"}


def test_new_floors_leave_those_of_other_corpora(tmp_path: Path):
    path = floors_file(
        tmp_path,
        floor("all", "ndcg@10", at_least=0.1, corpus="bread"),
        floor("all", "ndcg@10", at_least=0.1, corpus="bees"),
    )
    write_floors(make_report(), path)
    floors = load_floors(path).floors
    assert [one.at_least for one in floors if one.corpus == "bread"] == [0.1]
    assert [one.at_least for one in floors if one.group == "all" and one.measure == "ndcg@10"] == [
        0.1,
        0.48,
    ]
    assert {one.group for one in floors if one.corpus == "bees"} == {"all", "honey", "wasps"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nonsense", "is not a file of floors"),
        ("[]", "is not a file of floors"),
        ('{"floors": [1]}', "floor 1 is not an object"),
        ('{"floors": [{"setting": "as is"}]}', "missing"),
        ('{"floors": [{"sett": 1}]}', "unexpected keyword"),
        (
            '{"floors": [{"setting": "a", "group": "b", "measure": "c", "at_least": 1}]}',
            "unknown measure 'c'",
        ),
        (
            '{"floors": [{"setting": "a", "group": "b", "measure": "correct"}]}',
            "either at_least or at_most",
        ),
        (
            '{"floors": [{"setting": "a", "group": "b", "measure": "correct", "at_least": "x"}]}',
            "is no number",
        ),
    ],
)
def test_a_broken_file_of_floors_is_refused(tmp_path: Path, text: str, reason: str):
    path = tmp_path / "floors.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FloorsError, match=reason):
        load_floors(path)


def test_a_missing_file_of_floors_is_refused(tmp_path: Path):
    with pytest.raises(FloorsError, match="can't be read"):
        load_floors(tmp_path / "none.json")


def test_the_bundled_floors_are_well_formed():
    assert load_floors().floors


# ---- reports


def test_means_are_by_group_and_over_what_has_the_figure():
    report = make_report(*results(h2=0.0))
    summary = summarise(report, report.settings[0].systems["footnote"])
    assert summary["all"]["correct"].mean == pytest.approx(2 / 3)
    assert summary["all"]["right_answer"].count == 2
    assert summary["wasps"]["declines"].mean == 1.0
    assert summary["dev"]["correct"].mean == 1.0
    assert "right_answer" not in summary["wasps"]


def test_an_unanswerable_question_is_always_a_risk():
    report = make_report()
    selection = judge_selection(report, report.settings[0].systems["footnote"])
    assert [point.risk for point in selection.points] == [0.0, pytest.approx(1 / 3)]


def test_a_report_survives_its_file(tmp_path: Path):
    report = make_report()
    files = write_report(report, tmp_path / "new")
    again = read_report(files.json)
    assert render_json(again) == files.json.read_text("utf-8")
    assert render_terminal(again) == render_terminal(report)


@pytest.mark.parametrize("text", ["nonsense", "[]", "{}", '{"schema": 0}', '{"schema": 1}'])
def test_what_is_no_report_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "report.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReportError, match=r"report\.json"):
        read_report(path)
    with pytest.raises(ReportError, match="can't be read"):
        read_report(tmp_path / "none.json")


def test_tables_name_slices_baselines_and_what_went_wrong():
    report = make_report(*results(h2=0.0))
    terminal = render_terminal(report)
    assert "honey" in terminal
    assert "random" in terminal
    assert "0.500" in terminal
    markdown = render_markdown(report)
    assert "`h2` (honey) How much \\<b\\>honey" in markdown
    assert "| answered | 2 | 0 | 0 |" in markdown


class Page(HTMLParser):
    """Collects what a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [str(value) for name, value in attrs if name in ("src", "href")]


def test_the_page_needs_nothing_beside_it_and_escapes_what_it_shows(tmp_path: Path):
    before, after = make_report(), make_report(*results(h2=0.0))
    comparison = compare_reports(before, after)
    files = write_report(after, tmp_path, comparison=comparison)
    text = files.html.read_text("utf-8")
    page = Page()
    page.feed(text)
    assert page.links == []
    assert "script" not in page.tags
    assert "b" not in page.tags
    assert page.tags.count("svg") >= 5
    assert "now wrong" in text


# ---- comparisons


def test_a_comparison_shows_change_chance_and_flips():
    comparison = compare_reports(make_report(*results(h1=0.0)), make_report(*results(h2=0.0)))
    change = next(one for one in comparison.changes if one.measure == "right_answer")
    assert (change.before, change.after, change.p) == (0.5, 0.5, 1.0)
    assert [(flip.id, flip.won) for flip in comparison.flips] == [("h1", True), ("h2", False)]
    text = render_comparison(comparison)
    assert "now right: 1" in text
    assert "How much honey?" in text


@pytest.mark.parametrize("name", ["questions_digest", "corpus"])
def test_reports_over_different_questions_are_refused(name: str):
    with pytest.raises(ReportError, match=name):
        compare_reports(make_report(), make_report(**{name: "other"}))
