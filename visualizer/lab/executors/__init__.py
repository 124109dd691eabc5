"""Where work is done: in this process, in several, or on a cluster. One interface for all of them."""

from visualizer.lab.executors.executor import Executor, ExecutorError
from visualizer.lab.executors.here import Here

__all__ = ["Executor", "ExecutorError", "Here"]
