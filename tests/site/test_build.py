"""What a reader of the terminal gets: a site, red scenarios included, or one clear message."""

from __future__ import annotations

import re
import socket
from typing import TYPE_CHECKING

import pytest

from tests.site.sample import mkdocs

if TYPE_CHECKING:
    from pathlib import Path

FEATURE = "features/gate/turnstile.feature"


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_red_run_is_published_red_and_strictly(project: Path) -> None:
    built = mkdocs(project, "build", "--strict")
    assert built.returncode == 0, built.stderr
    counts = re.findall(r"(\d+) (passed|failed|skipped)", built.stderr)
    assert {status: sum(int(n) for n, each in counts if each == status) for _, status in counts} == {
        "failed": 2,
        "passed": 9,
        "skipped": 1,
    }
    page = (project / "site" / "specification" / "gate" / "turnstile" / "index.html").read_text(encoding="utf-8")
    assert "AssertionError: the gate &lt;b&gt;did not&lt;/b&gt;" in page


def test_a_second_build_runs_nothing_again(project: Path) -> None:
    mkdocs(project, "build", "--strict")
    assert "failed" not in mkdocs(project, "build", "--strict").stderr


def _malformed(project: Path) -> str:
    _change(project / FEATURE, "    Scenario: The tariffs", "    Scenarioo: The tariffs")
    return rf"{FEATURE}:\d+: .*Scenarioo: The tariffs"


def _unknown_fence(project: Path) -> str:
    _change(project / "docs" / "index.md", '"The tariffs"', '"The tarifs"')
    return r"docs/index.md:20: no scenario is named 'The tarifs'; did you mean 'The tariffs'\?"


def _no_engine(project: Path) -> str:
    (project / "engine.js").unlink()
    return r"The diagrams' engine engine\.js is missing: run `make setup`\."


def _no_evidence(project: Path) -> str:
    _change(project / "mkdocs.yml", "watch: [features, steps]", "run: never")
    return r"build/evidence\.ndjson: no evidence there .* run the scenarios again with"


def _undefined(project: Path) -> str:
    _change(project / FEATURE, "When a visitor does button", "When a visitor knocks")
    return rf"^{FEATURE}:18: no definition for the step .*a visitor knocks"


@pytest.mark.parametrize("spoil", [_malformed, _undefined, _unknown_fence, _no_engine, _no_evidence])
def test_bad_input_is_one_message_and_a_failing_build(project: Path, spoil: object) -> None:
    assert callable(spoil)
    message = spoil(project)
    built = mkdocs(project, "build", "--strict")
    assert built.returncode != 0
    assert re.search(message, built.stderr, re.MULTILINE), built.stderr
    assert "Traceback" not in built.stderr + built.stdout


def test_evidence_of_other_features_is_refused(project: Path) -> None:
    mkdocs(project, "build")
    _change(project / "mkdocs.yml", "watch: [features, steps]", "run: never")
    _change(project / FEATURE, "Money first.", "Money last.")
    built = mkdocs(project, "build")
    assert built.returncode != 0
    assert f"{FEATURE} has changed since the run" in built.stderr
    assert "Traceback" not in built.stderr


def test_a_port_in_use_is_said_in_one_sentence(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        served = mkdocs(project, "serve", "-a", f"127.0.0.1:{port}")
    assert served.returncode != 0
    assert f"Cannot serve on 127.0.0.1:{port} (Address already in use): stop what runs there" in served.stderr
    assert "Traceback" not in served.stderr


def test_a_folder_lists_its_own_pages(project: Path) -> None:
    (project / "docs" / "notes").mkdir()
    (project / "docs" / "notes" / "index.md").write_text("# Notes\n\n<!-- the pages of this folder -->\n")
    (project / "docs" / "notes" / "oil.md").write_text("# When it squeaks\n")
    _change(project / "mkdocs.yml", "  - Results", "  - Notes: notes/index.md\n  - Results")
    built = mkdocs(project, "build", "--strict")
    assert built.returncode == 0, built.stderr
    page = (project / "site" / "notes" / "index.html").read_text(encoding="utf-8")
    assert '<li><a href="oil/">When it squeaks</a></li>' in page
