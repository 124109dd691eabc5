"""A run on one page of HTML."""

from visualizer.report.making import Progress, report

__all__ = ["Progress", "report"]
