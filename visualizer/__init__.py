"""The failover visualizer: why truly stateful failover is out of reach, shown and counted."""

__version__ = "0.1.0"
