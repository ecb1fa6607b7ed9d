"""What was worked out once, kept until there is too much of it."""

from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Kept(dict[Key, Value], Generic[Key, Value]):
    """A dictionary that begins anew when it is full, so that no asker can make it grow.

    Threads share it: read from a copy, as another may be emptying it.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def keep(self, key: Key, value: Value) -> Value:
        """The value, which is found under the key from now on."""
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value
