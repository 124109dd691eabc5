"""Charts as files: the same bytes each time, whole or not at all, of the kinds that are promised."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from charts.played import SYNC, sweep
from film.command import ROOT, environment

from visualizer.canvas.theme import load_theme
from visualizer.charts import chart_of, curve, png_bytes, svg_text, write_chart
from visualizer.lab.measures import MEASURES
from visualizer.opening import open_scenario
from visualizer.study.curve import strike_everywhere

AGAIN = """
import sys
from pathlib import Path
from charts.played import SYNC, sweep
from visualizer.canvas.theme import load_theme
from visualizer.charts import chart_of, write_chart
from visualizer.lab.measures import MEASURES
figure = chart_of(sweep([SYNC]), MEASURES["lost_sessions"], load_theme("night"))
for name in sys.argv[1:]:
    write_chart(figure, Path(name))
"""


def figure():
    return chart_of(sweep([SYNC]), MEASURES["lost_sessions"], load_theme("night"))


def test_the_same_chart_is_the_same_file_in_any_process_whatever_its_user_has_set_up(tmp_path: Path):
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 9\nsvg.fonttype: none\nfont.size: 30\n")
    env = environment(PYTHONPATH=str(ROOT / "tests"), PYTHONHASHSEED="7")
    subprocess.run([sys.executable, "-c", AGAIN, "x.png", "x.svg"], cwd=tmp_path, env=env, check=True)
    for kind in ("png", "svg"):
        here = tmp_path / f"here.{kind}"
        write_chart(figure(), here)
        assert here.read_bytes() == (tmp_path / f"x.{kind}").read_bytes()


def test_a_chart_that_is_drawn_again_and_again_is_the_same():
    """The layout of several plots adds up in an order of its own."""
    found = strike_everywhere(open_scenario("cold-standby"), samples=1)
    assert len({svg_text(curve(found, load_theme("print"), (1600, 940))) for _ in range(8)}) == 1


def test_a_png_is_as_large_as_promised(tmp_path: Path):
    write_chart(figure(), tmp_path / "x.png")
    header = (tmp_path / "x.png").read_bytes()[16:24]
    assert struct.unpack(">II", header) == (1600, 900)


def test_an_svg_needs_no_font_and_says_what_it_is(tmp_path: Path):
    write_chart(figure(), tmp_path / "x.svg")
    text = (tmp_path / "x.svg").read_text()
    root = ElementTree.fromstring(text)
    assert not list(root.iter("{http://www.w3.org/2000/svg}text"))
    assert "Sessions lost, by firewall sync interval" in text
    assert "date" not in {element.tag.rpartition("}")[2] for element in root.iter()}


def test_charts_in_one_page_share_no_names():
    one, other = svg_text(figure(), "a-"), svg_text(figure(), "b-")
    assert one.startswith("<svg")
    names = [
        {element.get("id") for element in ElementTree.fromstring(text).iter()} - {None}
        for text in (one, other)
    ]
    assert names[0]
    assert not names[0] & names[1]
    for text, ids in zip((one, other), names, strict=True):
        root = ElementTree.fromstring(text)
        used = {value[1:] for element in root.iter() for key, value in element.items()
                if key.endswith("href") and value.startswith("#")}  # fmt: skip
        assert used
        assert used <= ids


def test_another_ending_is_refused(tmp_path: Path):
    with pytest.raises(ValueError, match=r"x\.gif: a chart is a PNG or an SVG; name it something\.png"):
        write_chart(figure(), tmp_path / "x.gif")
    assert list(tmp_path.iterdir()) == []


def test_a_chart_that_cannot_be_written_leaves_nothing(tmp_path: Path):
    with pytest.raises(OSError, match="there is no folder"):
        write_chart(figure(), tmp_path / "none" / "x.png")


def test_a_png_can_be_had_without_a_file():
    assert png_bytes(figure()).startswith(b"\x89PNG")


def test_the_command_line_starts_without_matplotlib():
    code = (
        "import sys; from visualizer.arguments import options_of; import visualizer.cli.commands; "
        "options_of(['run', 'article']); print('matplotlib' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
