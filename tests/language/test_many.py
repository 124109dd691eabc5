"""Charts, reports and tables of many runs in German: nothing is English, and the data are the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from charts.played import clashes, words
from language.pseudo import PSEUDO
from language.remnants import english_in, words_of
from matplotlib.figure import Figure
from report.page_reader import Element, read

from visualizer.canvas.theme import load_theme
from visualizer.charts import chart_of, compared, curve, svg_text, write_chart
from visualizer.lab.measures import MEASURES
from visualizer.language import Spoken, speaking
from visualizer.language.catalogues import language
from visualizer.opening import open_scenario
from visualizer.report import report
from visualizer.scenario import keys_beside
from visualizer.study.axis import axis_of
from visualizer.study.comparison import Compared, compared_table, comparison_of
from visualizer.study.curve import Striking, curve_table, strike_everywhere
from visualizer.study.error import StudyError
from visualizer.study.files import WRITERS
from visualizer.study.parameters import title_of
from visualizer.study.plan import plan_of
from visualizer.study.sweep import Sweep, points_table, runs_table, sweep_of

ALIKE = {
    "Failovers",
    "Firewall",
    "Gratuitous ARP",
    "Heartbeat",
    "Jitter",
    "Name",
    "Split Brain",
    "Split brain",
    "Sync",
    "Clients",
    "Tick",
    "parallel",
    "Fencing",
}
"""What is called the same in both languages; names of the format are never translated."""

_KEYS = re.compile(r"\b(firewall|database|load_balancer)(\.\w+)*\b")
_NUMBER = re.compile(r"[0-9]\.[0-9]")


@cache
def german() -> Spoken:
    return language("de")


@cache
def sweep_with(scenario: str, *vary: str) -> Sweep:
    axes = tuple(axis_of(text) for text in vary)
    return sweep_of(plan_of(open_scenario(scenario), axes, seeds=range(4)))


@cache
def designs() -> Compared:
    axes = (axis_of("path=parallel,cross"),)
    return comparison_of([plan_of(open_scenario("parallel"), axes, seeds=range(6))])


@cache
def striking() -> Striking:
    return strike_everywhere(open_scenario("article"), samples=2)


def chart(name: str) -> Figure:
    theme, lost, outage = load_theme("light"), MEASURES["lost_sessions"], MEASURES["outage_s"]
    if name == "compared":
        return compared(designs(), (lost, outage), theme)
    if name == "curve":
        return curve(striking(), theme)
    return chart_of(sweep_with("article", *SWEPT[name]), outage if len(SWEPT[name]) > 1 else lost, theme)


SWEPT = {
    "lines": ("sync.interval=0.5s..10s:20",),
    "words": ("sync.policy=periodic,streaming,synchronous",),
    "several lines": ("sync.interval=0.5s..5s:10", "heartbeat.misses=2..4"),
    "heat": ("sync.interval=0.5s..4.5s:9", "heartbeat.interval=0.5s..4.5s:9"),
    "spread": (),
}
CHARTS = (*SWEPT, "compared", "curve")


def remnants(said: set[str], english: set[str]) -> list[str]:
    """What is not translated. Keys of the scenario stay as they are."""
    found = []
    for text in sorted(said):
        bare = _KEYS.sub(" ", text)
        same = text in english and words_of(bare) and bare.strip(" :.,0123456789") not in ALIKE
        if same or english_in(bare):
            found.append(text)
    return found


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_german(name: str):
    english = words(chart(name))
    with speaking(german()):
        drawn = chart(name)
        said = words(drawn)
    assert remnants(said, english) == []
    assert [text for text in said if _NUMBER.search(text)] == []
    assert any(re.search(r"[0-9],[0-9]", text) for text in said) == any(map(_NUMBER.search, english))
    assert list(clashes(drawn)) == []


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_fits_twice_as_long(name: str):

    with speaking(PSEUDO):
        drawn = chart(name)
        assert list(clashes(drawn)) == []
    width, _ = drawn.get_size_inches() * drawn.dpi
    boxes = [text.get_window_extent() for text in drawn.texts]
    assert len(boxes) > 1
    assert min(box.x0 for box in boxes) >= 0
    assert max(box.x1 for box in boxes) <= width


def test_an_svg_is_called_by_its_german_title():
    with speaking(german()):
        drawn = svg_text(chart("curve"))
    assert "Was ein Blitz zu jedem Zeitpunkt kostet: Das Ausbleiben" in drawn
    assert "Verlorene Sitzungen" in drawn
    assert "Sessions lost" not in drawn


def tables() -> dict[str, bytes]:
    """What is written of a sweep, a comparison and a curve, all anew."""
    measures = tuple(MEASURES.values())
    axes = (axis_of("tiers.firewall.sync.interval=3s,10s"),)
    swept = sweep_of(plan_of(open_scenario("article"), axes, seeds=range(3)))
    paths = (axis_of("path=parallel,cross"),)
    both = comparison_of([plan_of(open_scenario("parallel"), paths, seeds=range(3))])
    found = {
        "points": points_table(swept, measures),
        "runs": runs_table(swept, measures),
        "designs": compared_table(both, measures),
        "curve": curve_table(strike_everywhere(open_scenario("serial-cable"), samples=1)),
    }
    return {f"{name}{kind}": write(table) for name, table in found.items() for kind, write in WRITERS.items()}


def test_files_are_the_same_in_all_languages():
    english = tables()
    with speaking(german()):
        assert tables() == english
    said = english["points.json"].decode()
    assert "In each run firewall.primary is struck at an instant of its own (lightning" in said
    assert "firewall_sync_interval_s" in said


def test_what_a_plan_says_is_in_the_language_that_is_spoken_now():
    """Also when it was planned in another one."""
    plan = sweep_with("article", "sync.interval=3s,9.5s").plan
    english = plan.said
    assert len(english) == 2
    with speaking(german()):
        assert remnants(set(plan.said), set(english)) == []
        assert plan.said[1].endswith("Er dauert an 1 von 2 Punkten bis zu 31,5 s.")
    assert english[1].endswith("it lasts up to 31.5s at 1 of 2 points.")
    assert plan.said == english


WRONG: dict[str, Callable[[], object]] = {
    text: (lambda text=text: axis_of(text))  # type: ignore[misc]
    for text in (
        "",
        "sync.interval=",
        "sync.interval=1s,,2s",
        "sync.interval=1s..2s",
        "sync.interval=2s..1s:3",
        "sync.interval=1s..2:3",
        "sync.interval=1s..2s:x",
        "sync.interval=1s..2s:5000",
        "sync.interval=1s,1s",
        "sync.interval=0s..2s:3:log",
        "interval=1s,2s",
        "nothing=1s,2s",
    )
}


@pytest.mark.parametrize("text", WRONG)
def test_what_is_refused_is_refused_in_german(text: str):
    said = []
    for one in (Spoken(), german()):
        with speaking(one), pytest.raises(StudyError) as error:
            WRONG[text]()
        said.append(str(error.value).removeprefix(f"--vary {text}: "))
    english, other = said
    assert other != english
    assert english_in(re.sub(r"`[^`]*`", "", other)) == []


def paths(at: tuple[str, ...] = ("tiers", "firewall"), depth: int = 0) -> Iterator[str]:
    """Every key of the format that could be varied."""
    if not (beside := keys_beside((*at, ""))) or depth > 4:
        yield ".".join(at)
        return
    for key in beside:
        if key not in ("title", "icon", "description"):
            yield from paths((*at, key), depth + 1)


def test_every_key_has_a_german_title():
    """A new key of the format: its words in `study/parameters.py`."""
    every = [*paths(), *paths(("traffic",)), *paths(("clients",)), *paths(("feeds", "grid"))]
    every += ["path", "duration", "tick", "seed", "fault", "tiers", "cable.latency", "cable.degraded.loss"]
    assert len(every) > 80
    english = {path: title_of(path) for path in every}
    with speaking(german()):
        untold = [path for path in every if title_of(path) == english[path]]
    assert set(untold) <= {"tick"}


@cache
def page(scenario: str, code: str) -> Element:
    with speaking(german() if code == "de" else Spoken()):
        return read(report(open_scenario(scenario), seeds=4))


_QUOTED = ("code", "pre", "style", "svg", "cite")


def pieces(element: Element) -> Iterator[str]:
    """All that is read on it or read aloud; not what is quoted: commands, the scenario, letters in charts."""
    for child in element.children:
        if isinstance(child, str):
            yield " ".join(child.split())
        elif child.name not in _QUOTED:
            yield from (child.attributes.get(name, "") for name in ("alt", "aria-label"))
            yield from pieces(child)


@pytest.mark.parametrize("scenario", ["article", "split-brain"])
def test_a_report_is_german(scenario: str):
    said, english = (set(filter(None, pieces(page(scenario, code)))) for code in ("de", "en"))
    assert len(said) > 100
    assert remnants(said, english) == []
    assert [text for text in said if _NUMBER.search(text) and "failover-visualizer" not in text] == []


def test_a_report_names_its_language():
    assert page("article", "de").the("html").attributes["lang"] == "de"
    assert page("article", "en").the("html").attributes["lang"] == "en"


@pytest.mark.parametrize("scenario", ["article", "split-brain"])
def test_a_report_has_the_same_figures_in_both_languages(scenario: str):
    """Every cell of every table that is only a number."""
    number = re.compile(r"[0-9\u2009]+")
    rows = [
        [cell.text for cell in page(scenario, code).all("td") if number.fullmatch(cell.text)]
        for code in ("de", "en")
    ]
    assert rows[0] == rows[1]
    assert len(rows[0]) > 10


def test_sections_come_in_the_same_order():
    german_page, english_page = page("article", "de"), page("article", "en")
    anchors = [[one.attributes["id"] for one in each.all("section")] for each in (german_page, english_page)]
    assert anchors[0] == anchors[1]
    assert german_page.the("nav").text != english_page.the("nav").text


def test_a_chart_in_a_file_is_german(tmp_path: Path):

    with speaking(german()):
        write_chart(chart("lines"), tmp_path / "x.svg")
        with pytest.raises(ValueError, match=r"^x\.gif: ein Diagramm ist PNG oder SVG"):
            write_chart(chart("lines"), Path("x.gif"))
    assert "Verlorene Sitzungen, nach Sync-Intervall" in (tmp_path / "x.svg").read_text(encoding="utf-8")
