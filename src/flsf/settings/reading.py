"""Reads the environment, and says everything that is wrong with it at once."""

import os
from dataclasses import dataclass, field

from django.core.exceptions import ImproperlyConfigured


@dataclass
class Reading:
    """Collects what is wrong, so that nobody mends one thing only to meet the next."""

    _wrong: list[str] = field(default_factory=list)

    def required(self, name: str, mend: str) -> str:
        """The variable's value; empty, and told as wrong, when it is not set."""
        value = os.environ.get(name, "").strip()
        if not value:
            self.wrong(name, f"is not set. {mend}")
        return value

    def wrong(self, name: str, words: str) -> None:
        """The variable stands in the way of a start, for this reason."""
        self._wrong.append(f"{name} {words}")

    def refuse_if_wrong(self) -> None:
        """Raises ImproperlyConfigured naming each variable and how to mend it."""
        if self._wrong:
            lines = "\n".join(f"  - {one}" for one in self._wrong)
            raise ImproperlyConfigured(f"The settings are not safe to start with:\n{lines}")


def is_on(name: str) -> bool:
    """Whether a switch is set to anything that means yes."""
    return os.environ.get(name, "").strip().lower() not in ("", "0", "false", "no", "off")


def is_off(name: str) -> bool:
    """Whether a switch is set, and to something that means no."""
    return bool(os.environ.get(name, "").strip()) and not is_on(name)
