"""What a session costs, whether it is paid, and what a claim still owes. Pure.

Money is integer pence. Each line is rounded once, half a penny up; no float is ever used.
"""

from flsf.money.payments.rules.lines import Draft, owed_lines
from flsf.money.payments.rules.payable import Payable, payable
from flsf.money.payments.rules.price import Charge, charge, half_up, pounds, rate_for
from flsf.money.payments.rules.settle import Already, claim_lines
from flsf.money.payments.rules.values import Rate, Session, Terms

__all__ = [
    "Already",
    "Charge",
    "Draft",
    "Payable",
    "Rate",
    "Session",
    "Terms",
    "charge",
    "claim_lines",
    "half_up",
    "owed_lines",
    "payable",
    "pounds",
    "rate_for",
]
