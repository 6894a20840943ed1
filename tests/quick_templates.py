"""Templates compiled once in a test run: each test has an app of its own, with the same pages."""

from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket

from nav_access.web.shared.templating import LanguageEnvironment


class Remembered(BytecodeCache):
    """Keeps what files compile to, told apart by all that is folded into them."""

    def __init__(self) -> None:
        self._codes: dict[Any, CodeType] = {}

    def get_bucket(
        self, environment: Environment, name: str, filename: str | None, source: str
    ) -> Bucket:
        """Return the place of one template's code, which is there when it was compiled before."""
        bucket = Bucket(environment, name, "")
        bucket.key = _name(environment, filename, source)
        bucket.code = self._codes.get(bucket.key)
        return bucket

    def set_bucket(self, bucket: Bucket) -> None:
        """Keep a template's code; what is no file may use macros of the same name."""
        if bucket.key[1] is not None and bucket.code is not None:
            self._codes[bucket.key] = bucket.code


def _name(environment: Any, filename: str | None, source: str) -> Any:
    offered = tuple(locale.tag for locale in environment.globals["languages"])
    return environment.words, filename, source, offered, environment.auto_reload


def remember_templates() -> None:
    """Let every environment made from now on share what was compiled."""
    remembered, make = Remembered(), LanguageEnvironment.__init__

    def make_with_memory(self: LanguageEnvironment, *args: Any) -> None:
        make(self, *args)
        self.bytecode_cache = remembered

    LanguageEnvironment.__init__ = make_with_memory  # type: ignore[method-assign]  # in tests only
