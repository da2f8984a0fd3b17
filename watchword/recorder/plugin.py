"""Collect feature files as tests and record their scenarios (a pytest plugin, loaded by its entry point)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from watchword.recorder import lookup
from watchword.recorder.collector import PICKLE, FeatureFile, features_folder, left_out, register_written_tags
from watchword.recorder.definitions import is_async, location_of, undefined_step
from watchword.recorder.exchanges import Exchanges
from watchword.recorder.recording import Recording
from watchword.recorder.writer import EvidenceWriter, as_line, head_of
from watchword.suites import SuiteError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from pytest_bdd.parser import Scenario, Step

    from watchword.suites import Suite

RECORDING = pytest.StashKey[Recording]()
WRITER = pytest.StashKey[EvidenceWriter]()
LEFT_OUT = pytest.StashKey["tuple[Suite, ...]"]()
PROPERTY = "watchword"
MACHINERY = frozenset({"_pytest", "pytest_bdd", "pluggy"})
TREES = ["features", "steps", "reference_impl"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--evidence` and the list of trees whose digests it holds."""
    group = parser.getgroup("watchword")
    group.addoption("--evidence", metavar="PATH", type=Path, help="write what the scenarios did to this file")
    parser.addini("evidence_digests", "folders whose digests the evidence holds", type="args", default=TREES)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect the feature files of the features folder, and those named on the command line."""
    if file_path.suffix != ".feature":
        return None
    folder = parent.config.rootpath / features_folder(parent.config)
    if not file_path.is_relative_to(folder) and not parent.session.isinitpath(file_path):
        return None
    uri = file_path.relative_to(parent.config.rootpath).as_posix() if file_path.is_relative_to(folder) else ""
    if any(suite.holds(uri) for suite in parent.config.stash[LEFT_OUT]):
        return None
    return FeatureFile.from_parent(parent, path=file_path)


@pytest.fixture
def exchanges(request: pytest.FixtureRequest) -> Exchanges:
    """Record HTTP exchanges and observations on the step that makes them."""
    return Exchanges(_recording(request.node))


def _recording(item: pytest.Item) -> Recording:
    recording = item.stash.get(RECORDING, None)
    if recording is None:
        recording = item.stash[RECORDING] = Recording()
    return recording


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_before_scenario(request: pytest.FixtureRequest, scenario: Scenario) -> None:
    """Write down the steps that are to run."""
    _recording(request.node).expect(scenario.steps)


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Step, step_func: Callable[..., object]) -> None:
    """Note that a step begins; refuse one that would never be awaited."""
    recording = _recording(request.node)
    if is_async(step_func):
        definition = location_of(step_func, request.config.rootpath)
        message = (
            f"the step {step.name!r} is defined by an async function, which nobody awaits — make {definition} sync"
        )
        _refuse(recording, request, step, message)
    recording.begin_step(location_of(step_func, request.config.rootpath))


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_after_step(request: pytest.FixtureRequest) -> None:
    """Note that a step passed."""
    _recording(request.node).end_step("passed")


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_step_error(request: pytest.FixtureRequest, exception: BaseException) -> None:
    """Note that a step failed, and why."""
    _recording(request.node).end_step("failed", _said(exception))


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_step_func_lookup_error(request: pytest.FixtureRequest, step: Step) -> None:
    """Say in one line which step has no definition, and which definition is nearest."""
    _refuse(_recording(request.node), request, step, undefined_step(step))


def _refuse(recording: Recording, request: pytest.FixtureRequest, step: Step, message: str) -> None:
    recording.refuse_step(message)
    pytest.fail(f"{request.node.stash[PICKLE].feature.uri}:{step.line_number}: {message}", pytrace=False)


def _said(exception: BaseException) -> str:
    if isinstance(exception, pytest.fail.Exception | pytest.skip.Exception):
        return exception.msg or "no reason given"
    kind = type(exception).__name__
    return f"{kind}: {exception}" if str(exception) else kind


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Settle each phase of a scenario; hand the whole record over with the last one."""
    pickle = item.stash.get(PICKLE, None)
    if pickle is None:
        return (yield)
    if call.excinfo:
        _hide_machinery(call.excinfo)
    report = yield
    recording = _recording(item)
    recording.end_phase(report, _said(call.excinfo.value) if call.excinfo else None)
    if report.when == "call" and report.failed:
        report.sections.insert(0, (f"Scenario {pickle.feature.uri}:{pickle.line}", recording.told(pickle.feature.uri)))
    if report.when == "teardown":
        report.user_properties.append((PROPERTY, as_line(recording.row(pickle))))
    return report


def _hide_machinery(excinfo: pytest.ExceptionInfo[BaseException]) -> None:
    shown = excinfo.traceback.filter(lambda entry: not MACHINERY.intersection(Path(entry.path).parts))
    if shown:
        excinfo.traceback = shown


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Settle what is left out; open the evidence, where one is asked for, in the process that sees every report."""
    session.config.stash[LEFT_OUT] = _left_out(session.config)
    option = session.config.option
    if option.evidence and not option.collectonly and not hasattr(session.config, "workerinput"):
        path = session.config.invocation_params.dir / option.evidence
        session.config.stash[WRITER] = _writer(path, session.config)


def _left_out(config: pytest.Config) -> tuple[Suite, ...]:
    try:
        return left_out(config)
    except SuiteError as error:
        raise pytest.UsageError(str(error)) from None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say which features were left out, and how they run."""
    asked = [str(config.invocation_params.dir / argument) for argument in config.args]
    for suite in config.stash[LEFT_OUT]:
        folder = str(config.rootpath / suite.folder)
        if any(folder.startswith(path) for path in asked):
            terminalreporter.write_line(f"{suite.folder} was left out: {suite.invitation}.", yellow=True)


def _writer(path: Path, config: pytest.Config) -> EvidenceWriter:
    try:
        return EvidenceWriter(path, head_of(config))
    except OSError as error:
        message = f"the evidence cannot be written to {path} ({error.strerror}) — name another file with --evidence"
        raise pytest.UsageError(message) from None


class _Reports:
    """Takes the records out of the reports, so that no other reporter prints them."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write the record a report carries."""
        writer = self._config.stash.get(WRITER, None)
        for name, value in report.user_properties:
            if name == PROPERTY and writer:
                writer.add_row(str(value))
        report.user_properties[:] = [each for each in report.user_properties if each[0] != PROPERTY]


def pytest_configure(config: pytest.Config) -> None:
    """Register the tags; watch the reports, except in an xdist worker, whose reports travel on to the controller."""
    lookup.install()
    register_written_tags(config)
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Reports(config), "watchword-reports")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Seal the evidence."""
    writer = session.config.stash.get(WRITER, None)
    if writer:
        writer.finish()
