"""The charts of a report: drawn into the page, letters and all, in the colours of print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from matplotlib.figure import Figure

from visualizer.canvas.theme import load_theme
from visualizer.charts import curve, spread, svg_text
from visualizer.lab.many import measure as played
from visualizer.lab.measures import MEASURES
from visualizer.language import say, translated
from visualizer.report.material import Material
from visualizer.report.pictures import THEME
from visualizer.study.curve import Striking
from visualizer.study.sweep import Sweep

WIDE_PX, HALF_PX = (1600, 940), (720, 520)
SPREADS = ("lost_sessions", "outage_s")
"""The measures of which it is shown how the runs spread."""

_ABOUT = re.compile(r"<metadata>.*?</metadata>\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Chart:
    """`svg`: to stand in the page. `caption`: what is to be seen."""

    svg: Markup
    caption: str


def chart_of_instants(striking: Striking) -> Chart:
    """Loss and outage at every instant."""
    figure = curve(striking, load_theme(THEME), WIDE_PX)
    caption = say(
        "Above: the sessions that a strike at that instant takes. Below: how long until service is back. "
        "At the right, how often each comes."
    )
    return Chart(_inside(figure, "instants-", caption), caption)


def charts_of_chance(material: Material, sweep: Sweep) -> Iterator[Chart]:
    """How the runs spread, and this one among them; none of what is the same in all of them."""
    own = played([material.setup])
    for key in SPREADS:
        one = MEASURES[key]
        if len(np.unique(one.of(sweep.runs))) > 1:
            figure = spread(sweep, one, load_theme(THEME), HALF_PX, this=float(one.of(own)[0]))
            caption = say("{measure}: in how many of the runs.", measure=translated(one.title))
            yield Chart(_inside(figure, f"{key}-", caption), caption)


def _inside(figure: Figure, prefix: str, words: str) -> Markup:
    """As an element of the page, with words for who does not see it; ids as no other chart has them."""
    text = _ABOUT.sub("", svg_text(figure, prefix))
    return Markup(text.replace("<svg", Markup('<svg role="img" aria-label="{}"').format(words), 1))
