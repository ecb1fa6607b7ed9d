"""Collects the tables of this group for Django; nothing else imports it."""

from flsf.money.payments.models import Claim, Line

__all__ = ["Claim", "Line"]
