"""The model told a second time, slowly, from `visualizer/sim/RULES.md` alone: `Naive`.

It shares only the columns of the traffic and the words of the setup with the engine. There are no intervals,
no eras, no logs and no vectors here: every request is handled on its own, every change of a stream is a
message on its own, and after every change of hands each session is looked up in every memory.
"""

from property.naive.model import Naive

__all__ = ["Naive"]
