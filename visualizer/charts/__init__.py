"""Charts of what many runs gave, as PNG and SVG. Importing it imports matplotlib: do so late."""

from matplotlib.figure import Figure

from visualizer.charts.choose import chart_of
from visualizer.charts.compared import compared
from visualizer.charts.curve import curve
from visualizer.charts.heat import heat_map
from visualizer.charts.lines import lines
from visualizer.charts.sheet import SIZE_PX
from visualizer.charts.spread import spread
from visualizer.charts.writing import ENDINGS, png_bytes, svg_text, write_chart

__all__ = [
    "ENDINGS",
    "SIZE_PX",
    "Figure",
    "chart_of",
    "compared",
    "curve",
    "heat_map",
    "lines",
    "png_bytes",
    "spread",
    "svg_text",
    "write_chart",
]
