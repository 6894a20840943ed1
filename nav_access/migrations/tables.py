"""Every table of the project in one place: a room's tables exist once its module is loaded."""

from contextlib import suppress
from importlib import import_module
from pathlib import Path

import nav_access
from nav_access.core.orm import Base


def _load_models() -> None:
    package = Path(nav_access.__file__).parent
    for path in sorted([*package.glob("*/*models.py"), *package.glob("core/*.py")]):
        relative = path.relative_to(package.parent).with_suffix("")
        with suppress(ImportError):
            import_module(".".join(relative.parts))


_load_models()
METADATA = Base.metadata
