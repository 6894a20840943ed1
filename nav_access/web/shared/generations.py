"""A bounded dictionary that forgets what was not asked for lately, at the price of a dictionary."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Generations(Generic[Key, Value]):
    """Two dictionaries: when the young one is full it becomes the old one, and that one goes.

    What is asked for moves to the young one, so only what nobody wanted for a whole
    generation is forgotten. Holds up to twice `most` of what `weigh` counts.
    """

    def __init__(self, most: int, weigh: Callable[[Value], int] = lambda _: 1) -> None:
        self._most = most
        self._weigh = weigh
        self._young: dict[Key, Value] = {}
        self._old: dict[Key, Value] = {}
        self._weight = 0
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        """Find a value; None when there is none."""
        found = self._young.get(key)
        if found is None:
            found = self._old.get(key)
            if found is not None:
                self.put(key, found)
        return found

    def put(self, key: Key, value: Value) -> None:
        """Keep a value for a key, in the place of what was kept for it."""
        with self._lock:
            replaced = self._young.get(key)
            self._young[key] = value
            self._weight += self._weigh(value) - (self._weigh(replaced) if replaced else 0)
            if self._weight > self._most:
                self._old, self._young, self._weight = self._young, {}, 0

    def __len__(self) -> int:
        return len(self._young.keys() | self._old.keys())
