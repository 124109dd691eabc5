"""What is said when a question makes no sense."""

from __future__ import annotations


class StudyError(Exception):
    """What was asked makes no sense: one line for each reason, with what to do."""
