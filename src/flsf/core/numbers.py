"""Numbers by which others know an organisation."""

import re

UKPRN = re.compile(r"1\d{7}")


def ukprn_from(typed: str) -> str | None:
    """The number of the UK Register of Learning Providers that was typed: eight digits, the
    first of them 1. None if it cannot be one; the register keeps no check digit.
    """
    digits = re.sub(r"\s", "", typed)
    return digits if digits.isascii() and UKPRN.fullmatch(digits) else None
