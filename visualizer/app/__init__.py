"""The window."""

import visualizer.canvas  # noqa: F401  (first of all: it keeps pygame from greeting on standard output)
