"""The MkDocs plugin: runs the scenarios when something changed, and hands the book's pages to the site."""

from __future__ import annotations

import gc
import logging
import posixpath
import socket
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING, Any, Literal, cast

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config import base
from mkdocs.config import config_options as option
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, InclusionLevel
from watchdog.observers.polling import PollingObserver

from watchword.book import Edition, FenceError, filled, pages, picture_files, resolve
from watchword.book.code import linked
from watchword.book.glossary import Glossary, read_glossary
from watchword.book.listings import lightened
from watchword.book.provenance import provenance
from watchword.exports import FILES, QUICK, SiteTwins, write_exports
from watchword.navigation import sections, with_contents
from watchword.publication import Publication, PublicationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from watchword.book import Book
    from watchword.book import Page as BookPage
    from watchword.publication import When

log = logging.getLogger("mkdocs.plugins.watchword")

ENGINE = "assets/diagrams-engine.js"
INDEX, RESULTS = "specification/index.md", "results.md"
_FENCE = "```watchword"
_SECONDS_BETWEEN_LOOKS = 0.1
_ALLOCATIONS_PER_COLLECTION = 100_000
THEME = Path(__file__).parent / "theme"


class WatchwordConfig(base.Config):
    """The plugin's options in mkdocs.yml; paths are relative to that file."""

    features = option.Type(str, default="features")
    evidence = option.Type(str, default="build/evidence.ndjson")
    run = option.Choice(("when-stale", "always", "never"), default="when-stale")
    watch = option.ListOfItems(option.Type(str), default=["features", "steps", "reference_impl"])
    engine = option.Type(str, default="node_modules/mermaid/dist/mermaid.min.js")
    repository = option.Type(str, default="")
    register = option.Type(str, default="features/register.toml")
    history = option.Type(str, default="build/history.ndjson")
    glossary = option.Type(str, default="glossary.md")
    mutants = option.Type(str, default="")


class WatchwordPlugin(BasePlugin[WatchwordConfig]):
    """Publish a specification with the results of its run."""

    def __init__(self) -> None:
        """Start with nothing read and nothing said."""
        self._serves = False
        self._first_build = True
        self._book: Book | None = None
        self._problem = ""
        self._edition: Edition | None = None
        self._publication: Publication | None = None
        self._evidence: dict[str, Mapping[str, str]] = {}
        self._nav: list[Any] = []
        self._twins: SiteTwins | None = None
        self._glossary = Glossary(())
        self._shows_all_anew = True
        self._shown: dict[str, str] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether a reader is waiting; having this event also keeps one plugin across rebuilds."""
        self._serves = command == "serve"
        gc.set_threshold(_ALLOCATIONS_PER_COLLECTION)  # most of what a build makes stays to its end
        if dirty:
            # MkDocs warns that pages may be left out. Which pages a change touches is known here: see `_Generated`.
            logging.getLogger("mkdocs.commands.build").addFilter(lambda record: "'dirty' build" not in record.msg)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Say at once what would stop the site later: a port in use, an engine not installed."""
        if self._serves and self._first_build:
            _require_free_port(config.dev_addr.host, config.dev_addr.port)
        if not self._root(config, self.config.engine).is_file():
            raise PluginError(f"The diagrams' engine {self.config.engine} is missing: run `make setup`.")
        if str(THEME) not in config.theme.dirs:
            config.theme.dirs.insert(0, str(THEME))  # before the theme's own, which it extends
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Run the scenarios if they are not the ones last run, and read what they did."""
        if self._publication is None:
            self._publication = Publication(
                root=Path(config.config_file_path).parent,
                features=self.config.features,
                evidence=self.config.evidence,
                inputs=tuple(self.config.watch),
                repository_url=self.config.repository,
                register=self.config.register,
                history=self.config.history,
                mutants=self.config.mutants,
            )
        had_a_problem = bool(self._problem)
        try:
            self._book, self._problem = self._publication.publish(cast("When", self.config.run)), ""
        except PublicationError as error:
            self._stop_or_show(str(error))
        if self._book and self._book.run.refused and not self._serves:
            raise PluginError("\n".join(dict.fromkeys(self._book.run.refused)))
        self._shows_all_anew = self._first_build or had_a_problem or bool(self._problem)
        self._first_build = False

    def on_shutdown(self) -> None:
        """End what stands by for the next change."""
        if self._publication:
            self._publication.close()

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the generated pages, the pictures and the diagrams' engine."""
        engine = (ENGINE, self._root(config, self.config.engine))
        for place, source in (engine, *picture_files(self._root(config, "."))):
            files.append(File.generated(config, place, abs_src_path=str(source)))
        printed = self._printed()
        self._evidence = {page.path: page.evidence for page, _ in printed}
        for page, is_new in printed:
            files.append(_generated(config, page, is_new=is_new or self._shows_all_anew))
        for path in () if printed else (INDEX, RESULTS):
            files.append(File.generated(config, path, content="# Nothing to show yet\n"))
        for file in files.documentation_pages():
            text = self._filled(file.content_string, file, config)
            if self._shows_all_anew or text != self._shown.get(file.src_uri, text):
                file.content_string = text  # now the page is built, whatever the date of its own file
            self._shown[file.src_uri] = text
        written = files.get_file_from_path(self.config.glossary)
        self._glossary = read_glossary(written.content_string) if written else Glossary(())
        if config.nav is not None:
            config.nav = sections(config.nav, files.documentation_pages(), tuple(page for page, _ in printed))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the order of the pages; while a reader waits, what is for programs only is left out."""
        del files
        self._nav, self._twins = nav.items, None if self._serves else SiteTwins(Path(config.site_dir))
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep the theme's templates compiled: MkDocs compiles them again for each build."""
        del files
        folder = self._root(config, self.config.evidence).parent / "templates"
        folder.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = FileSystemBytecodeCache(str(folder))
        return env

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Fill the fences, and say which run the page shows."""
        if page.file.content_string != self._shown.get(page.file.src_uri):
            markdown = self._filled(markdown, page.file, config)
        markdown = with_contents(markdown, page.file, files.documentation_pages())
        banner = _banner(self._problem) if self._problem else ""
        run = f"\n{provenance(self._book)}\n" if self._book else ""
        return f"{banner}{markdown}{run}"

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Explain the glossary's words, and keep code that a reference quotes out of the search and its pages quick."""
        del config
        html = lightened(html)
        glossary = files.get_file_from_path(self.config.glossary)
        if glossary is None or page.file is glossary:
            return html
        return self._glossary.explained(html, glossary.url_relative_to(page.file))

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Put the evidence in last: neither Markdown nor the search index need read it."""
        output = filled(output, self._evidence.get(page.file.src_uri, {}))
        output = linked(output, lambda name: _documented(config, name, page))
        if self._twins is None:
            return output
        return self._twins.add(self._book, page.file.src_uri, page.file.dest_uri, page.content or "", output)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the results as data beside the pages, and the list of the pages' twins."""
        site = config.site_url or ""
        if self._book:
            write_exports(self._book, Path(config.site_dir), site, QUICK if self._serves else FILES)
        if self._twins:
            self._twins.write_list(config.site_name, config.site_description or "", self._nav, site)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ANN401 -- MkDocs
        """Watch everything a run depends on, and look more often than MkDocs does."""
        del builder
        for path in (watched := [config.docs_dir, config.config_file_path]):
            server.unwatch(path)
        server.observer = PollingObserver(timeout=_SECONDS_BETWEEN_LOOKS)
        folders = (self._root(config, folder) for folder in self.config.watch)
        for path in [*watched, *(str(folder) for folder in folders if folder.exists())]:
            server.watch(path)
        if self._publication and self.config.run != "never":
            self._publication.stand_by()
        return server

    def _printed(self) -> list[tuple[BookPage, bool]]:
        """Print the book, and say of each page whether it differs from the last edition's."""
        if self._book is None:
            return []
        known = {page.path: page for page in self._edition.pages} if self._edition else {}
        printed = pages(self._book, earlier=self._edition)
        self._edition = Edition(self._book, printed)
        return [(page, known.get(page.path) != page) for page in printed]

    def _filled(self, markdown: str, file: File, config: MkDocsConfig) -> str:
        if self._book is None or file.generated_by or _FENCE not in markdown:
            return markdown
        shown_as = posixpath.join(posixpath.basename(config.docs_dir), file.src_uri)
        skipped = file.content_string.count("\n") - markdown.count("\n")
        try:
            return resolve(markdown, self._book, page=file.src_uri, shown_as=shown_as, first_line=skipped + 1)
        except FenceError as error:
            self._stop_or_show(str(error))
            return _banner(str(error)) + markdown

    def _stop_or_show(self, problem: str) -> None:
        if not self._serves:
            raise PluginError(problem)
        log.error(problem)
        self._problem = problem

    @staticmethod
    def _root(config: MkDocsConfig, path: str) -> Path:
        return Path(config.config_file_path).parent / path


class _Generated(File):
    """A page of the book, which `serve --dirty` builds again only when the book says something new there."""

    is_new = True

    def is_modified(self) -> bool:
        return self.is_new or not Path(self.abs_dest_path).is_file()


def _generated(config: MkDocsConfig, page: BookPage, *, is_new: bool) -> File:
    file = _Generated.generated(config, page.path, content=page.markdown, inclusion=InclusionLevel.INCLUDED)
    file.edit_uri = page.source or None
    if isinstance(file, _Generated):
        file.is_new = is_new
    return file


def _documented(config: MkDocsConfig, name: str, page: Page) -> str:
    """Give the address of what documents a dotted name, or its module, where the site has such a page."""
    references = config.plugins.get("autorefs")
    for known in (name, name.rpartition(".")[0]):
        try:
            return str(references.get_item_url(known, from_url=page.url)[0]) if references else ""
        except KeyError:
            continue
    return ""


def _banner(problem: str) -> str:
    title = "The specification could not be read or run. This page shows the last good state, if any."
    return f'!!! failure "{title}"\n\n    ```\n{indent(problem, "    ")}\n    ```\n\n'


def _require_free_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PluginError(
                f"Cannot serve on {host}:{port} ({error.strerror}): stop what runs there, "
                f"or choose another address, for example `mkdocs serve -a 127.0.0.1:{port + 1}`."
            ) from None
