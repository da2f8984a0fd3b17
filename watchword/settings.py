"""What a project tells the press in its pyproject.toml, below `[tool.watchword]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def told(settings: Mapping[str, object]) -> Mapping[str, object]:
    """Give what stands below `[tool.watchword]`; nothing where the project says nothing."""
    tools = settings.get("tool")
    mine = tools.get("watchword") if isinstance(tools, dict) else None
    return cast("Mapping[str, object]", mine) if isinstance(mine, dict) else {}


def register_path(settings: Mapping[str, object], folder: str) -> str:
    """Name the file of requirements: the key `register`, else `register.toml` beside the features."""
    return str(told(settings).get("register", f"{folder}/register.toml"))


def step_modules(settings: Mapping[str, object]) -> tuple[str, ...]:
    """Name the modules and packages that define the steps: the key `steps`, else the package `steps`."""
    named = told(settings).get("steps", ["steps"])
    return tuple(str(name) for name in named) if isinstance(named, list) else (str(named),)


def step_paths(settings: Mapping[str, object]) -> tuple[str, ...]:
    """Name the folders they are imported from, as pytest does: the root, and those of `pythonpath`."""
    tools = settings.get("tool")
    pytest = tools.get("pytest", {}) if isinstance(tools, dict) else {}
    options = pytest.get("ini_options", {}) if isinstance(pytest, dict) else {}
    paths = options.get("pythonpath", []) if isinstance(options, dict) else []
    return (*(str(path) for path in ([paths] if isinstance(paths, str) else paths)), ".")


def site_address(root: Path) -> str:
    """Say where a project's site is published, as its mkdocs.yml does; nothing where that says nothing."""
    return site_fact(root, "site_url")


def site_fact(root: Path, name: str) -> str:
    """Give a value of a project's mkdocs.yml, of a key at its top; nothing where that says nothing."""
    import yaml  # noqa: PLC0415 -- no command but those that print links needs it

    try:
        document = yaml.compose((root / "mkdocs.yml").read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return ""
    pairs = document.value if isinstance(document, yaml.MappingNode) else []
    value = next((value for key, value in pairs if key.value == name), None)
    # `!ENV [NAME, default]` names a variable first, and last what holds without it.
    last = value.value[-1] if isinstance(value, yaml.SequenceNode) and value.value else value
    return str(last.value) if isinstance(last, yaml.ScalarNode) else ""
