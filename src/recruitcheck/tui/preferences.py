"""A person's own preferences on this computer: colours, motion, idle lock, keys. Nothing about
applicants, and nothing secret."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a person may choose."""

    theme: str = "dark"
    less_motion: bool = False
    lock_minutes: int = 10
    """Minutes without a key until the screen locks; 0: never (for a demo)."""
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    person: str = ""
    """Who unlocked last, so that the list stands on that name."""
    register: str = ""
    """The register they unlocked, so that the name is only shown for that one; empty where its
    address holds a password."""


def path() -> Path:
    """The file; `RECRUITCHECK_PREFERENCES` moves it (tests, and one file per browser session)."""
    if named := os.environ.get("RECRUITCHECK_PREFERENCES"):
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_config_dir("recruitcheck")) / "preferences.json"


def load() -> Preferences:
    """Read the preferences; a missing or damaged file means the usual ones."""
    if not path().exists():
        return Preferences()
    import json

    try:
        raw = json.loads(path().read_text(encoding="utf-8"))
        keys = {str(k): str(v) for k, v in dict(raw.get("keys", {})).items()}
        return Preferences(
            theme=str(raw.get("theme", "dark")),
            less_motion=raw.get("less_motion") is True,
            lock_minutes=max(int(raw.get("lock_minutes", 10)), 0),
            keys=MappingProxyType(keys),
            person=str(raw.get("person", "")),
            register=str(raw.get("register", "")),
        )
    except (OSError, ValueError, TypeError, AttributeError):
        return Preferences()


def save(prefs: Preferences) -> None:
    """Write the preferences; a place that cannot be written changes nothing."""
    import json

    target = path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_suffix(".new")
        new.write_text(json.dumps(asdict_plain(prefs), indent=1), encoding="utf-8")
        new.replace(target)
    except OSError:
        return


def asdict_plain(prefs: Preferences) -> dict[str, object]:
    """The preferences as plain values."""
    return {
        name: dict(value) if isinstance(value, Mapping) else value
        for name in Preferences.__dataclass_fields__
        for value in (getattr(prefs, name),)
    }
