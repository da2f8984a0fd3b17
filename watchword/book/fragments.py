"""The fragments a fence can name. Each is Markdown, with links relative to the page it is printed on."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from watchword.book.anatomy import token_anatomy
from watchword.book.cases import printed_scenario
from watchword.book.diagrams import happened, sequence_diagram
from watchword.book.escaping import markdown_name, markdown_text
from watchword.book.evidence import answer, deciding, printed, target
from watchword.book.examples import examples_tables
from watchword.book.features import scenario_link
from watchword.book.listings import ListingError, listing
from watchword.book.pictures import picture_list
from watchword.book.rendering import render_html, render_markdown
from watchword.book.results import coverage_table, totals
from watchword.book.reviewing import dictionary, difference, differences
from watchword.book.rule_lists import ending_list, rule_list, stating_list
from watchword.book.state_pages import map_block, state_block
from watchword.book.states import outlines, state_tables
from watchword.book.traceability import Trace, account_table, requirement_tables
from watchword.book.verdicts import badge
from watchword.places import fragment, page_path
from watchword.register import REQUIREMENT_ID
from watchword.specification import Pickle
from watchword.vocabulary import VocabularyError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from watchword.book.book import Book, Entry
    from watchword.book.states import StateTable
    from watchword.specification import Table


class UnknownNameError(LookupError):
    """A fence names something the specification does not hold."""


def link(page: str, to: str) -> str:
    """Write a link from one page of the site to another."""
    return posixpath.relpath(to, posixpath.dirname(page) or ".")


def table_fragment(book: Book, name: str, page: str) -> str:
    """Print the data table a scenario asserts, under the scenario's verdict."""
    entry = _scenario(book, name)
    table = _first_table(entry)
    if table is None:
        raise UnknownNameError(f"the scenario {entry.scenario.name!r} has no data table; name one that has")
    return render_markdown(
        "table.md.jinja",
        header=[markdown_text(cell) for cell in table.header],
        rows=[[markdown_text(cell) for cell in row] for row in table.body],
        caption=_caption(book, entry, page),
    )


def scenario_fragment(book: Book, name: str, page: str) -> str:
    """Print a scenario's steps with their verdicts."""
    entry = _scenario(book, name)
    where = link(page, scenario_link(entry))
    return render_html("card.jinja", name=entry.scenario.name, where=where, entry=printed_scenario(book, entry)) + "\n"


def sequence_fragment(book: Book, name: str, page: str) -> str:
    """Print the recorded exchanges of a scenario as a sequence diagram, and as the list that says the same."""
    entry, pickles = _case(book, name)
    results = [book.result(pickle) for pickle in pickles]
    result = next((each for each in results if sequence_diagram(each)), results[0])
    exchanges = [exchange for step in result.steps for exchange in happened(result, step)]
    block = render_html(
        "sequence.jinja",
        source=sequence_diagram(result),
        label=f"Sequence of the scenario “{result.pickle.name}”; the list below says the same",
        exchanges=[
            (each.sender, each.receiver, f"{each.method} {target(each.url)}", answer(each)) for each in exchanges
        ],
    )
    case = result.pickle if len(entry.pickles) > 1 else entry
    return f"{block}\n\n{_caption(book, case, page)}\n"


def exchange_fragment(book: Book, name: str, page: str) -> str:
    """Print the exchange that decides each case of a scenario, as it was recorded, under the case's verdict.

    Of several cases each is folded.
    """
    cases = []
    _, pickles = _case(book, name)
    for pickle in pickles:
        result = book.result(pickle)
        cases.append(_caption(book, pickle, page))
        if exchange := deciding(result):
            cases.append(render_html("exchange.jinja", exchange=printed(exchange, set()), is_open=len(pickles) == 1))
    return "\n\n".join(cases) + "\n"


def token_fragment(book: Book, name: str, page: str) -> str:
    """Print the token that a scenario describes by a data table, member by member; that table where it did not run."""
    entry = _scenario(book, name)
    if book.verdict(entry.pickles) == "not run":
        return table_fragment(book, name, page)
    anatomy = token_anatomy(book, entry, lambda to: link(page, to))
    if not anatomy:
        raise UnknownNameError(
            f"the scenario {entry.scenario.name!r} met no token with the members of its data table; name one that did"
        )
    return f"{anatomy}\n{_caption(book, entry, page)}\n"


def states_fragment(book: Book, name: str, page: str) -> str:
    """Print the states × events table with its diagram."""
    return state_block(_state_tables(book, name), lambda to: link(page, to))


def diagram_fragment(book: Book, name: str, page: str) -> str:
    """Print the state diagram alone, with the way to the table it is drawn from."""
    return map_block(_state_tables(book, name), lambda to: link(page, to))


def results_fragment(book: Book, name: str, page: str) -> str:
    """Print the totals of the run, of everything or of one folder of the specification."""
    features = [each for each in book.specification.features if name in ("all", each.id, each.id.split("/", 1)[0])]
    if not features:
        raise UnknownNameError(f"no feature or folder is called {name!r}; write `results: all`")
    return totals(book, features, link(page, "results.md"))


def coverage_fragment(book: Book, name: str, page: str) -> str:
    """Print which requirements of one family are specified, by which rule, with what verdict."""
    table = coverage_table(book, name, lambda to: link(page, to))
    if not table:
        raise UnknownNameError(f"no tag begins with {name!r}; name a family such as `AUD`, `RFC7519` or `ASVS`")
    return table


def examples_fragment(book: Book, name: str, page: str) -> str:
    """Print the rows of an outline, each with its verdict."""
    entry = _scenario(book, name)
    tables = examples_tables(book, entry, lambda to: link(page, to), _caption(book, entry, page))
    if not tables:
        raise UnknownNameError(f"the scenario {entry.scenario.name!r} has no examples; name an outline")
    return tables


def rules_fragment(book: Book, name: str, page: str) -> str:
    """Print the rules of one feature or of one folder, or those that state some requirements, with their verdicts."""
    ids = name.replace(",", " ").split()
    if all(REQUIREMENT_ID.fullmatch(id_) for id_ in ids):
        listed = stating_list(book, ids, lambda to: link(page, to))
    else:
        listed = rule_list(book, name, lambda to: link(page, to))
    if not listed:
        raise UnknownNameError(
            f"no feature or folder is called {name!r}, and no rules state all of that; write `rules: folder`, "
            "`rules: folder/feature` or `rules: ABC-01, ABC-02`"
        )
    return listed


def ending_fragment(book: Book, name: str, page: str) -> str:
    """Print the rules with a scenario that ends in some words."""
    listed = ending_list(book, name, lambda to: link(page, to))
    if not listed:
        raise UnknownNameError(f"no scenario ends in {name!r}; write words that an outcome step holds")
    return listed


def requirements_fragment(book: Book, name: str, page: str) -> str:
    """Print the register's requirements, with the rules that state them, or those excluded, with the reasons."""
    tables = requirement_tables(_trace(book), name, lambda to: link(page, to))
    if not tables:
        raise UnknownNameError(f"the register has no area {name!r}; write `all`, `excluded` or one of its areas")
    return tables


def account_fragment(book: Book, name: str, page: str) -> str:
    """Print how many of the register's requirements are stated: of all, by level, or by document."""
    table = account_table(_trace(book), name, lambda to: link(page, to))
    if not table:
        raise UnknownNameError(f"no account is given by {name!r}; write `account: all`, `level` or `document`")
    return table


def dictionary_fragment(book: Book, name: str, page: str) -> str:
    """Print every phrase that scenarios are made of."""
    if name != "all":
        raise UnknownNameError(f"there is no dictionary {name!r}; write `dictionary: all`")
    try:
        return dictionary(book, lambda to: link(page, to))
    except VocabularyError as error:
        raise UnknownNameError(str(error)) from None


def difference_fragment(book: Book, name: str, page: str) -> str:
    """Print a difference that `watchword diff` told before, from its file, or those of a folder, folded."""
    del page
    root = book.specification.root
    text = difference(root, name) or differences(root, name)
    if not text:
        raise UnknownNameError(f"there is no file {name!r}, and no folder with some; name what `watchword diff` wrote")
    return text


def listing_fragment(book: Book, name: str, page: str) -> str:
    """Print code of the project, from its file."""
    del page
    try:
        return listing(book, name)
    except ListingError as error:
        raise UnknownNameError(str(error)) from None


def pictures_fragment(book: Book, name: str, page: str) -> str:
    """Print a set of pictures that a run in a browser took."""
    return picture_list(book.specification.root, name, lambda to: link(page, to))


FRAGMENTS: Mapping[str, Callable[[Book, str, str], str]] = {
    "table": table_fragment,
    "diagram": diagram_fragment,
    "scenario": scenario_fragment,
    "results": results_fragment,
    "sequence": sequence_fragment,
    "exchange": exchange_fragment,
    "token": token_fragment,
    "states": states_fragment,
    "coverage": coverage_fragment,
    "examples": examples_fragment,
    "rules": rules_fragment,
    "ending": ending_fragment,
    "requirements": requirements_fragment,
    "account": account_fragment,
    "dictionary": dictionary_fragment,
    "difference": difference_fragment,
    "listing": listing_fragment,
    "pictures": pictures_fragment,
}


def _trace(book: Book) -> Trace:
    if book.register is None:
        raise UnknownNameError(
            "there is no register of requirements; write features/register.toml, "
            "or name yours in mkdocs.yml, as watchword's option `register`"
        )
    return Trace(book, book.register)


def _scenario(book: Book, name: str) -> Entry:
    found = book.find(name)
    if len(found) == 1:
        return found[0]
    if found:
        places = " or ".join(f"`{entry.scenario.id}`" for entry in found)
        raise UnknownNameError(f"{len(found)} scenarios are named {name!r}; write {places}")
    nearest = book.nearest(name)
    raise UnknownNameError(f"no scenario is named {name!r}" + (f"; did you mean {nearest!r}?" if nearest else ""))


def _case(book: Book, name: str) -> tuple[Entry, Sequence[Pickle]]:
    """Find a scenario with its cases, or the one case of an outline that is called so with its row filled in."""
    rows = [(entry, pickle) for entry in book.entries for pickle in entry.pickles if pickle.row and pickle.name == name]
    if len(rows) == 1:
        return rows[0][0], rows[0][1:]
    entry = _scenario(book, name)
    return entry, entry.pickles


def _first_table(entry: Entry) -> Table | None:
    return next((step.table for step in entry.scenario.steps if step.table), None)


def _state_tables(book: Book, name: str) -> tuple[StateTable, ...]:
    entries = outlines(book) if name == "all" else (_scenario(book, name),)
    tables = state_tables(book, entries)
    if not tables:
        raise UnknownNameError(
            f"{name!r} states no transitions; tag an outline @transitions and name it, or write `all`"
        )
    return tables


def _caption(book: Book, shown: Entry | Pickle, page: str) -> str:
    """Say of a scenario, or of one of its cases, how it ended and where it stands."""
    if isinstance(shown, Pickle):
        verdict, name = book.result(shown).status, markdown_text(shown.name)
        where = f"{page_path(shown.feature)}#{fragment(shown.id)}"
    else:
        verdict, name, where = book.verdict(shown.pickles), markdown_name(shown.scenario.name), scenario_link(shown)
    return f"{badge(verdict)} [{name}]({link(page, where)}){{ .ww-caption-link }}"
