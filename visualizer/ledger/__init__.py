"""From what happened to what it cost: the books, the sawtooth, and the chain of every loss."""

from visualizer.ledger.account import Account, FailoverRecord, Lost, account, held_sessions
from visualizer.ledger.chain import Chain, LostChanges, chain, chain_of_transaction, lost_changes
from visualizer.ledger.series import Sawtooth, sawtooth
from visualizer.ledger.summary import FORMAT, seconds, summarise

__all__ = [
    "FORMAT",
    "Account",
    "Chain",
    "FailoverRecord",
    "Lost",
    "LostChanges",
    "Sawtooth",
    "account",
    "chain",
    "chain_of_transaction",
    "held_sessions",
    "lost_changes",
    "sawtooth",
    "seconds",
    "summarise",
]
