"""Closed forms, each with its limits and source; pure functions, in seconds and events per second."""

from visualizer.theory.detection import detection_time
from visualizer.theory.expectation import Expectation, expectation
from visualizer.theory.outage import outage_requests, outage_time, p_no_interruption
from visualizer.theory.replication import (
    inflight_batch_loss,
    p_session_lost,
    replication_window_loss,
    streaming_loss,
)
from visualizer.theory.session_life import live_window_loss, p_no_live_loss
from visualizer.theory.spread import Moments, Spread
from visualizer.theory.stateful import p_truly_stateful, p_truly_stateful_tiers

__all__ = [
    "Expectation",
    "Moments",
    "Spread",
    "detection_time",
    "expectation",
    "inflight_batch_loss",
    "live_window_loss",
    "outage_requests",
    "outage_time",
    "p_no_interruption",
    "p_no_live_loss",
    "p_session_lost",
    "p_truly_stateful",
    "p_truly_stateful_tiers",
    "replication_window_loss",
    "streaming_loss",
]
