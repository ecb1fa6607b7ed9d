"""Which installation a command is about, where nobody said."""

from collections.abc import Mapping
from pathlib import Path


def settings_module(environment: Mapping[str, str]) -> str:
    """A council's own where the environment describes one, else the demonstration made
    here, else the developer's database."""
    if "DATABASE_URL" in environment and "SECRET_KEY" in environment:
        return "flsf.settings.production"
    demo = Path(environment.get("FLSF_DEMO_HOME", ".demo"), "database", "cluster")
    if "DATABASE_URL" not in environment and demo.exists():
        return "flsf.settings.demo"
    return "flsf.settings.local"
