"""Ten constructed changes of the sample: what a pull request does to its files, each as text put in another's place."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

SAMPLE = Path(__file__).parent / "sample"
APPROVED = Path(__file__).parents[1] / "approved" / "constructed"
AUDIENCE, SIGN_OUT = "features/verification/audience.feature", "features/session/sign_out.feature"
CLAIMS, STATES = "features/tokens/access_token.feature", "features/session/states.feature"
RENEWAL = """
    Scenario: A renewal after signing out is refused
      Given Ada's session is active
      And her session has met "sign out"
      When her session meets "renew"
      Then the answer is refused as "session_missing"
"""
FILES = """
    Scenario: A token for another service is refused
      Given Ada holds an access token
      And its audience is "files"
      When she presents it
      Then access is refused as "token_invalid"
"""


@dataclass(frozen=True)
class Change:
    """One change: by file, what stood there and what stands there now; and the files taken away."""

    name: str
    edits: tuple[tuple[str, str, str], ...]
    removed: tuple[str, ...] = field(default=())

    def apply(self, project: Path) -> None:
        """Change a copy of the sample."""
        for uri, old, new in self.edits:
            path = project / uri
            text = path.read_text(encoding="utf-8")
            assert text.count(old) == 1, f"{self.name}: {old!r} stands {text.count(old)} times in {uri}"
            path.write_text(text.replace(old, new), encoding="utf-8")
        for uri in self.removed:
            (project / uri).unlink()


CHANGES = (
    Change(
        "add-a-scenario",
        (
            (
                AUDIENCE,
                "  @AUD-02 @must",
                """    Scenario: A token for nobody is refused
      Given Ada holds an access token
      And its audience is "nobody"
      When she presents it
      Then access is refused as "token_invalid"

  @AUD-02 @must""",
            ),
        ),
    ),
    Change("remove-a-feature", (), removed=(SIGN_OUT,)),
    Change(
        "rename-a-scenario",
        ((AUDIENCE, "A token for another service is refused", "A token made for the file store is refused"),),
    ),
    Change("move-a-scenario", ((AUDIENCE, FILES, ""), (SIGN_OUT, RENEWAL, RENEWAL + FILES))),
    Change("reword-a-step", ((AUDIENCE, 'its audience is "files"', 'its audience is "mail"'),)),
    Change(
        "change-a-cell-of-the-examples",
        ((AUDIENCE, "| case          | API      | token_invalid |", "| case          | API      | token_missing |"),),
    ),
    Change("drop-a-claim", ((CLAIMS, "        | sub   | string | always    | the account                   |\n", ""),)),
    Change("change-a-level", ((AUDIENCE, "@AUD-02 @must", "@AUD-02 @should"),)),
    Change(
        "swap-a-target-state",
        (
            (
                STATES,
                "| active     | sign out | granted                      | signed out |",
                "| active     | sign out | granted                      | active     |",
            ),
        ),
    ),
    Change("break-a-feature", ((AUDIENCE, "    Scenario Outline: An audience", "    Scenario Outlin: An audience"),)),
)


def project(folder: Path, change: Change | None = None) -> Path:
    """Copy the sample, changed or as it is."""
    shutil.copytree(SAMPLE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    if change:
        change.apply(folder)
    return folder
