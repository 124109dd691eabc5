"""Where work is done: in this process, in several, or on a cluster. One interface for all of them."""

from visualizer.lab.executors.choice import AsManyAsPay, executor_for, jobs_that_pay, processors
from visualizer.lab.executors.cluster import Cluster
from visualizer.lab.executors.executor import Executor, ExecutorError
from visualizer.lab.executors.here import Here
from visualizer.lab.executors.processes import Processes

__all__ = [
    "AsManyAsPay",
    "Cluster",
    "Executor",
    "ExecutorError",
    "Here",
    "Processes",
    "executor_for",
    "jobs_that_pay",
    "processors",
]
