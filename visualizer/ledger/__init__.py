"""From what happened to what it cost: the books, the sawtooth, and the chain of every loss."""

from visualizer.ledger.account import Account, FailoverRecord, Lost, account, held_sessions
from visualizer.ledger.chain import Chain, chain
from visualizer.ledger.series import Sawtooth, sawtooth
from visualizer.ledger.summary import FORMAT, seconds, summarise

__all__ = [
    "FORMAT",
    "Account",
    "Chain",
    "FailoverRecord",
    "Lost",
    "Sawtooth",
    "account",
    "chain",
    "held_sessions",
    "sawtooth",
    "seconds",
    "summarise",
]
