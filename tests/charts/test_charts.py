"""What a reader relies on: what is said, that it can be read, and lines that are where the numbers are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from charts.played import ARTICLE, MISSES, PATHS, SAID, SYNC, clashes, outside, sweep, words
from matplotlib.collections import QuadMesh

from visualizer.canvas.theme import contrast, load_theme, theme_names
from visualizer.charts import chart_of, compared, curve, heat_map, lines, svg_text
from visualizer.lab.measures import MEASURES
from visualizer.scene.lab_sweep_words import with_error
from visualizer.study.axis import Axis, axis_of
from visualizer.study.comparison import comparison_of
from visualizer.study.curve import strike_everywhere
from visualizer.study.plan import plan_of
from visualizer.study.sweep import Sweep, cells

NIGHT = load_theme("night")
LOST, OUTAGE, STATEFUL = (MEASURES[key] for key in ("lost_sessions", "outage_s", "stateful"))
LONG = Axis(
    "tiers.firewall.sync.policy", tuple(f"a design with a very long name {n}" * 3 for n in "abc"), None, ""
)


def line_of(figure, label_at=0):
    return figure.axes[0].get_lines()[label_at]


def test_a_line_goes_through_the_means_and_the_closed_form_stands_beside_it():
    one = sweep([SYNC], lost=lambda interval: 5 * interval)
    figure = lines(one, LOST, NIGHT)
    mean, theory = figure.axes[0].get_lines()[:2]
    np.testing.assert_array_equal(mean.get_xdata(), SYNC.numbers)
    np.testing.assert_array_equal(mean.get_ydata(), cells(one, LOST).mean)
    np.testing.assert_array_equal(theory.get_ydata(), cells(one, LOST).expected)
    assert np.isfinite(theory.get_ydata()).all()
    assert words(figure) >= {
        "Sessions lost, by firewall sync interval",
        "The miss: 40 runs at each point. In each run firewall.primary is struck at an instant of its own "
        "(lightning).",
        "Firewall sync interval (s)",
        "sessions",
        "mean of 40 runs",
        "95\u202f% interval of the mean",
        "the middle half of the runs",
        "closed form",
    }


def test_without_a_closed_form_none_is_named():
    assert "closed form" not in words(lines(sweep([SYNC]), MEASURES["lost_entries"], NIGHT))


def test_a_share_is_in_per_cent_and_has_no_middle_half():
    figure = lines(sweep([SYNC]), STATEFUL, NIGHT)
    assert "% of the runs" in words(figure)
    assert "the middle half of the runs" not in words(figure)


def test_short_times_are_in_milliseconds_and_long_ones_in_minutes():
    detection = MEASURES["detection_s"]
    assert "milliseconds" in words(lines(sweep([SYNC], outage_s=lambda _: 0.02), detection, NIGHT))
    assert "minutes" in words(lines(sweep([SYNC], outage_s=lambda _: 2000.0), detection, NIGHT))


def test_what_never_happened_is_marked_and_said():
    one = sweep([SYNC], outage_s=lambda interval: np.nan if interval > 9 else 2.5)
    figure = lines(one, OUTAGE, NIGHT)
    marks = figure.axes[0].get_lines()[-1]
    np.testing.assert_array_equal(marks.get_xdata(), np.array(SYNC.numbers)[np.array(SYNC.numbers) > 9])
    assert "in none of the runs" in words(figure)


def test_a_few_values_of_a_second_parameter_are_lines_with_their_names_at_the_end():
    figure = chart_of(sweep([SYNC, MISSES], lost=lambda interval, misses: interval * misses), LOST, NIGHT)
    assert words(figure) >= {"1", "2", "3", "4", "5", "Firewall heartbeat misses"}
    ends = {text.get_text(): text.get_window_extent().y0 for text in figure.axes[0].texts}
    assert sorted(ends, key=ends.__getitem__) == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        ("1ms,10ms,100ms,1s", "log"),
        ("10ms..1s:5:log", "log"),
        ("10ms..1s:5", "linear"),
        ("1s,2s,5s", "linear"),
    ],
)
def test_values_that_grow_by_ratios_are_as_far_apart(values: str, scale: str):
    figure = lines(sweep([axis_of(f"cable.latency={values}")]), LOST, NIGHT)
    assert figure.axes[0].get_xscale() == scale


def test_words_are_points_in_the_order_asked_for():
    figure = chart_of(sweep([PATHS], lost=lambda place: 20 + 30 * place), LOST, NIGHT)
    (dots,) = (line for line in figure.axes[0].get_lines() if len(line.get_ydata()) == 2)
    np.testing.assert_array_equal(dots.get_xdata(), [20, 50])
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == ["parallel", "cross-connected"]


def test_two_parameters_of_many_values_are_a_map_with_its_numbers_in_it():
    one = sweep([axis_of("traffic.rate=1/s..12/s:12"), SYNC], lost=lambda rate, interval: rate * interval)
    figure = chart_of(one, LOST, NIGHT)
    (mesh,) = (part for part in figure.axes[0].collections if isinstance(part, QuadMesh))
    np.testing.assert_array_equal(mesh.get_array().ravel(), cells(one, LOST).mean)
    inside = [text.get_text() for text in figure.axes[0].texts]
    assert len(inside) == 240
    assert inside[-1] == "120"


def test_cells_without_a_value_are_hatched():
    one = sweep([MISSES, SYNC], outage_s=lambda misses, interval: np.nan if misses > 4 else 2.5)
    figure = heat_map(one, OUTAGE, NIGHT)
    assert sum(patch.get_hatch() is not None for patch in figure.axes[0].patches) == 20
    assert "in none of the runs" in words(figure)


def test_numbers_in_a_map_can_be_read_on_their_colours_in_every_theme():
    for name in theme_names():
        theme = load_theme(name)
        one = sweep([MISSES, SYNC], lost=lambda misses, interval: misses * interval)
        figure = heat_map(one, LOST, theme)
        mesh = next(part for part in figure.axes[0].collections if isinstance(part, QuadMesh))
        grounds = mesh.to_rgba(mesh.get_array())
        for text in figure.axes[0].texts:
            column, row = map(int, text.get_position())
            pair = (
                tuple(round(255 * part) for part in shade)
                for shade in (text.get_color(), grounds[row, column])
            )
            assert contrast(*pair) > 4, (name, text.get_text())


def test_without_parameters_the_runs_are_shown_as_they_spread():
    figure = chart_of(sweep([]), LOST, NIGHT)
    assert sum(bar.get_height() for bar in figure.axes[0].patches) == pytest.approx(1)
    assert "mean 10" in words(figure)


SWEEPS = {
    "a line": sweep([SYNC], lost=lambda interval: interval),
    "two points": sweep([axis_of("traffic.rate=1/s,2/s")]),
    "one point": sweep([axis_of("traffic.rate=1/s")]),
    "sixty points": sweep([axis_of("tiers.firewall.sync.interval=100ms..10s:60:log")]),
    "a few points, close together": sweep([axis_of("tiers.firewall.sync.interval=1s,1.01s,1.02s,600s")]),
    "huge numbers": sweep([SYNC], lost=lambda interval: 3e11 * interval),
    "tiny numbers": sweep([SYNC], outage_s=lambda interval: 3e-6 * interval),
    "nothing is lost": sweep([SYNC], lost=lambda _: 0),
    "it never ends": sweep([SYNC], outage_s=lambda _: np.nan),
    "lines": sweep([SYNC, MISSES]),
    "words": sweep([PATHS]),
    "long words": sweep([LONG]),
    "long words as lines": sweep([SYNC, LONG]),
    "words and words": sweep([PATHS, LONG]),
    "forty words": sweep([Axis("path", tuple(f"design {n}" for n in range(40)), None, "")]),
    "a map": sweep([SYNC, axis_of("traffic.rate=1/s..30/s:30")], lost=lambda *at: float(np.prod(at))),
    "a large map": sweep(
        [axis_of("traffic.rate=1/s..90/s:90"), axis_of("tiers.firewall.sync.interval=1s..90s:90")], seeds=2
    ),
    "a map of words": sweep([LONG, Axis("path", tuple(f"design {n}" for n in range(14)), None, "")]),
    "one run": sweep([SYNC], seeds=1),
    "much to say": sweep([SYNC], said=SAID * 9),
    "no parameter": sweep([]),
}


@pytest.mark.parametrize("name", SWEEPS)
def test_nothing_written_lies_over_something_else_or_outside(name: str):
    for measure, size_px in ((LOST, (1600, 900)), (OUTAGE, (800, 450)), (STATEFUL, (900, 1200))):
        figure = chart_of(SWEEPS[name], measure, NIGHT, size_px)
        assert list(clashes(figure)) == []
        assert outside(figure) == []


@pytest.fixture(scope="module")
def striking():
    return strike_everywhere(ARTICLE)


def test_the_curve_shows_loss_and_outage_with_mean_worst_and_closed_form(striking):
    figure = curve(striking, NIGHT)
    assert words(figure) >= {
        "What lightning costs at every instant: The miss",
        "Sessions lost",
        "From the strike until service again (seconds)",
        "mean 14.5",
        "closed form 14.5",
        "worst 30, at 3 s",
        "mean 2.5\u2009s",
        "closed form 2.5\u2009s",
        "how often",
        "The strike comes at (s)",
    }
    assert list(clashes(figure)) == []
    assert outside(figure) == []


def test_the_line_of_the_curve_is_the_loss_at_every_tick(striking):
    line = curve(striking, NIGHT).axes[0].get_lines()[0]
    at, shown = np.asarray(line.get_xdata()), np.asarray(line.get_ydata())
    ticks = striking.curve.strike_us / 1e6
    places = np.searchsorted(at, ticks)
    np.testing.assert_array_equal(shown[np.minimum(places, len(shown) - 1)], striking.curve.lost_sessions)


def test_the_curve_of_a_long_run_is_a_band_that_keeps_the_worst():
    striking = strike_everywhere(plan_of(ARTICLE, [axis_of("duration=600s")], seeds=[0]).points[0].opened)
    figure = curve(striking, NIGHT)
    highest = max(
        path.vertices[:, 1].max() for part in figure.axes[0].collections for path in part.get_paths()
    )
    assert highest == striking.curve.lost_sessions.max()


def test_a_service_that_never_comes_back_is_hatched_and_said():
    alone = plan_of(ARTICLE, [axis_of("tiers.firewall.heartbeat.misses=3")], seeds=[0]).points[0].opened
    striking = strike_everywhere(alone)
    never = (striking.curve.outage_us < 0).any()
    assert ("service never comes back" in words(curve(striking, NIGHT))) == never


def compared_designs(measures: Sequence[str]):
    found = comparison_of([plan_of(ARTICLE, [axis_of("sync.interval=1s,3s,9s")], seeds=range(12))])
    return found, compared(found, [MEASURES[key] for key in measures], NIGHT)


def test_designs_stand_beside_each_other_with_their_differences_in_words():
    found, figure = compared_designs(["lost_sessions", "outage_s"])
    apart = found.differences(LOST)
    dots = figure.axes[1].get_lines()[1]
    np.testing.assert_array_equal(dots.get_xdata(), apart.mean)
    assert words(figure) >= {
        "What they cost: 1s, 3s and 9s",
        "against 1s",
        "Sessions lost",
        "mean difference",
    }
    halves = (apart.high - apart.low) / 2
    assert words(figure) >= {with_error(*pair) for pair in zip(apart.mean[1:], halves[1:], strict=True)}
    assert "the same" in words(figure)  # the outage, which knows nothing of copies
    assert list(clashes(figure)) == []
    assert outside(figure) == []


def test_a_sweep_is_as_large_as_it_was_asked_to_be():
    one: Sweep = SWEEPS["a line"]
    figure = lines(one, LOST, NIGHT, (640, 480))
    assert tuple(np.round(figure.get_size_inches() * figure.dpi)) == (640, 480)


def test_a_title_in_other_scripts_is_drawn_without_a_word_of_warning(recwarn):
    figure = lines(sweep([SYNC], said=("Büro ☂ Ω Ж",)), LOST, NIGHT)
    assert any("Büro ☂ Ω Ж" in one for one in words(figure))
    svg_text(figure)
    assert [str(one.message) for one in recwarn] == []
