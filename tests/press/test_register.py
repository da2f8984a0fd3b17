"""A register is read strictly, and a specification accounts for every row of it."""

from __future__ import annotations

from textwrap import indent
from typing import TYPE_CHECKING

import pytest

from watchword.account import Account, Share, account
from watchword.register import Register, RegisterError, load
from watchword.specification import read

if TYPE_CHECKING:
    from pathlib import Path

ROW = {
    "id": '"EXP-03"',
    "area": '"verification"',
    "party": '"api"',
    "condition": '"`exp` is now"',
    "outcome": '"refused"',
    "level": '"MUST"',
    "sources": '["RFC7519-4.1.4", "ASVS-9.2.1"]',
    "needs": '["K"]',
    "checked": "true",
}


DOCUMENTS = """
[[document]]
name = "RFC7519"
title = "JSON Web Token (JWT)"
url = "https://www.rfc-editor.org/rfc/rfc7519.html#section-{section}"
read = "RFC text"

[[document]]
name = "ASVS"
title = "OWASP Application Security Verification Standard 5.0.0"
url = "https://github.com/OWASP/ASVS"
read = "5.0.0"

"""


def toml(**changed: str) -> str:
    row = ROW | changed
    return "[[requirement]]\n" + "\n".join(f"{key} = {value}" for key, value in row.items()) + "\n"


def written(folder: Path, text: str) -> Register:
    path = folder / "features" / "register.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(DOCUMENTS + text, encoding="utf-8")
    return load(path, folder)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(RegisterError) as caught:
        written(folder, text)
    return str(caught.value)


def held(folder: Path, register: str, rules: str) -> Account:
    loaded = written(folder, register)
    feature = "Feature: Lifetime\n" + indent(rules, "  ")
    (folder / "features" / "lifetime.feature").write_text(feature, encoding="utf-8")
    return account(loaded, read(folder))


def only_problem(closed: Account) -> str:
    (problem,) = closed.problems()
    return problem


def rule(tags: str, name: str = "A token is refused from its expiry on") -> str:
    return f"{tags}\nRule: {name}\n  Scenario: At the instant\n    Given a step\n"


def test_a_requirement_is_read_as_written(tmp_path: Path) -> None:
    row = written(tmp_path, toml()).by_id["EXP-03"]
    assert (row.level, row.documents, row.excluded) == ("MUST", ("RFC7519", "ASVS"), None)


def test_the_documents_of_a_requirement_are_named_once(tmp_path: Path) -> None:
    row = written(tmp_path, toml(sources='["RFC7519-4.1.4", "RFC7519-2"]')).by_id["EXP-03"]
    assert row.documents == ("RFC7519",)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"id": '"EXP-3"'}, "features/register.toml: requirement EXP-3, key id: String should match pattern"),
        ({"level": '"must"'}, "requirement EXP-03, key level: Input should be 'MUST', 'SHOULD', 'MAY' or 'policy'"),
        ({"party": '"client"'}, "requirement EXP-03, key party: Input should be 'api', 'issuer', 'frontend' or 'flow'"),
        ({"sources": '["RFC 7519 §4.1.4"]'}, "requirement EXP-03, key sources.0: String should match pattern"),
        ({"checked": '"yes"'}, "requirement EXP-03, key checked: Input should be a valid boolean, not 'yes'"),
        ({"outcom": '"refused"'}, "requirement EXP-03, key outcom: Extra inputs are not permitted"),
        ({"sources": "[]"}, "requirement EXP-03: the level MUST needs a source — name one, or call it policy"),
        ({"excluded": '""'}, "requirement EXP-03, key excluded: String should have at least 1 character"),
        ({"excluded": '"why"', "pending": "true"}, "requirement EXP-03: it is excluded, so no rule is pending"),
        ({"sources": '["RFC7519-2", "RFC7519-2"]'}, "requirement EXP-03: a source is named twice"),
    ],
)
def test_what_is_wrong_with_a_requirement_is_said_in_one_line(
    tmp_path: Path, changed: dict[str, str], sentence: str
) -> None:
    message = refusal(tmp_path, toml(**changed))
    assert sentence in message
    assert "\n" not in message


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path, '[[requirement]]\nid = "EXP-03"\n').startswith(
        "features/register.toml: requirement EXP-03, key area: Field required\n"
    )


def test_a_requirement_without_an_id_is_named_by_its_place(tmp_path: Path) -> None:
    assert "requirement number 2, key id: Field required" in refusal(tmp_path, toml() + "[[requirement]]\n")


def test_one_id_stands_once(tmp_path: Path) -> None:
    assert refusal(tmp_path, toml() * 2) == "features/register.toml: requirement EXP-03 stands 2 times — keep one"


@pytest.mark.parametrize("text", ["", "[[row]]\n", "requirement = 1\n", f"{toml()}\n[other]\n"])
def test_a_file_of_other_tables_is_refused(tmp_path: Path, text: str) -> None:
    assert "must hold [[document]] and [[requirement]] tables and nothing else" in refusal(tmp_path, text)


def test_a_source_is_a_section_of_a_document(tmp_path: Path) -> None:
    register = written(tmp_path, toml())
    assert register.document("RFC7519-4.1.4").link("RFC7519-4.1.4").endswith("rfc7519.html#section-4.1.4")


def test_a_source_in_an_unknown_document_is_refused(tmp_path: Path) -> None:
    message = refusal(tmp_path, toml(sources='["RFC7591-2"]'))
    assert message.startswith(
        "features/register.toml: requirement EXP-03 has a source in RFC7591, which is no document"
    )


def test_a_file_that_is_not_toml_names_the_place(tmp_path: Path) -> None:
    assert "features/register.toml: is not TOML (" in refusal(tmp_path, "[[requirement]\n")


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"register\.toml: cannot be read \(No such file or directory\)"):
        load(tmp_path / "register.toml")


def test_a_rule_specifies_the_requirement_its_tag_names(tmp_path: Path) -> None:
    closed = held(tmp_path, toml(), rule("@EXP-03 @must @RFC7519-4.1.4"))
    assert [str(statement) for statement in closed.specified["EXP-03"]] == ["features/lifetime.feature:3"]
    assert (closed.unaccounted, closed.problems()) == ((), ())


def test_a_tag_on_a_scenario_counts_for_its_rule_once(tmp_path: Path) -> None:
    tagged = rule("@EXP-03").replace("Scenario:", "@EXP-03\n  Scenario:")
    assert len(held(tmp_path, toml(), tagged).specified["EXP-03"]) == 1


def test_a_requirement_nobody_states_is_unaccounted(tmp_path: Path) -> None:
    closed = held(tmp_path, toml(), rule("@must"))
    assert [row.id for row in closed.unaccounted] == ["EXP-03"]
    assert only_problem(closed) == (
        "features/register.toml: requirement EXP-03 is neither specified nor excluded"
        " — tag a rule @EXP-03, or say why not"
    )


def test_a_pending_requirement_is_unaccounted_and_allowed(tmp_path: Path) -> None:
    closed = held(tmp_path, toml(pending="true"), rule("@must"))
    assert ([row.id for row in closed.unaccounted], closed.problems()) == (["EXP-03"], ())


def test_a_pending_requirement_that_is_specified_must_say_so(tmp_path: Path) -> None:
    closed = held(tmp_path, toml(pending="true"), rule("@EXP-03"))
    assert only_problem(closed) == (
        "features/register.toml: requirement EXP-03 is specified by features/lifetime.feature:3"
        " — take out its key pending"
    )


def test_an_id_the_register_lacks_is_a_problem_at_the_rule(tmp_path: Path) -> None:
    closed = held(tmp_path, toml(), rule("@EXP-03 @EXP-33"))
    assert only_problem(closed) == (
        "features/lifetime.feature:3: features/register.toml has no requirement EXP-33"
        " — correct the tag, or register it"
    )


def test_an_id_outside_every_rule_states_nothing(tmp_path: Path) -> None:
    closed = held(tmp_path, toml(pending="true"), "@EXP-03\nScenario: Alone\n  Given a step\n")
    assert closed.problems() == (
        "features/lifetime.feature:3: EXP-03 stands outside every rule and states nothing — move the tag to a rule",
    )


def test_a_requirement_is_not_both_excluded_and_specified(tmp_path: Path) -> None:
    closed = held(tmp_path, toml(excluded='"the contract has none"'), rule("@EXP-03"))
    assert only_problem(closed) == (
        "features/register.toml: requirement EXP-03 is excluded, and specified by features/lifetime.feature:3"
        " — choose one"
    )


def test_coverage_counts_a_requirement_in_each_of_its_documents(tmp_path: Path) -> None:
    rows = (
        toml() + toml(id='"EXP-05"', level='"policy"', sources='["RFC7519-2"]', excluded='"why"') + toml(id='"EXP-06"')
    )
    closed = held(tmp_path, rows, rule("@EXP-03"))
    assert closed.by_document() == {"RFC7519": Share(1, 1, 1), "ASVS": Share(1, 0, 1)}
    assert closed.by_level() == {"MUST": Share(1, 0, 1), "policy": Share(0, 1, 0)}
    assert closed.by_area()["verification"].total == 3


@pytest.mark.parametrize(
    ("tags", "sentence"),
    [
        ("@EXP-03 @should", "EXP-03 has the level MUST, not should — tag the rule @must"),
        ("@EXP-03", "EXP-03 has the level MUST, not none — tag the rule @must"),
        ("@EXP-03 @must @policy", "EXP-03 has the level MUST, not must policy — tag the rule @must"),
        ("@EXP-03 @must @RFC7519-2", "EXP-03 does not come from RFC7519-2 — take the tag out, or register the source"),
    ],
)
def test_a_rule_that_says_otherwise_than_the_register_is_named(tmp_path: Path, tags: str, sentence: str) -> None:
    (told,) = held(tmp_path, toml(), rule(tags)).tagging()
    assert str(told) == f"features/lifetime.feature:3: {sentence}"


def test_a_rule_of_several_requirements_carries_the_strongest_level(tmp_path: Path) -> None:
    rows = toml() + toml(id='"EXP-05"', level='"policy"', sources='["RFC7519-2"]')
    assert held(tmp_path, rows, rule("@EXP-03 @EXP-05 @must @RFC7519-2 @ASVS-9.2.1")).tagging() == ()
