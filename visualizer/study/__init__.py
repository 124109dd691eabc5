"""Asking many runs: which parameters and values, which designs, how many seeds; and the answers."""
