"""How the public's words become a question."""

from collections.abc import Iterable

from flsf.core.needs import Need


def text_of(*texts: str, needs: Iterable[Need]) -> str:
    """Everything about a service that a word may be looked for in."""
    return " ".join([*texts, *(f"{need.value} {need.label} {need.area.value}" for need in needs)])
