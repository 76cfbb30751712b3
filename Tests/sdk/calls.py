"""Counts the calls of an SDK, and holds what they return or raise against what is expected."""

import contextlib
import pathlib
import traceback


class GivenUp(Exception):
    """A call failed that the rest of its scenario needs."""


class Calls:
    """The calls of one SDK in one version, made in one way."""

    def __init__(self, way):
        self.way = way
        self.passed = 0
        self.failures = []

    @contextlib.contextmanager
    def __call__(self, name):
        """Counts what is done in its body as one call; a failed one ends the scenario."""
        try:
            yield
        except Exception as error:
            self.failures.append(f"{self.way}: {name}: {told(error)}")
            raise GivenUp from error
        self.passed += 1

    @contextlib.contextmanager
    def refused(self, name, kind, status, code=None):
        """Counts a call that has to raise an error of `kind` with this HTTP status and code."""
        with self(name):
            try:
                yield
            except kind as error:
                same(error.response.status_code, status, "status")
                if code is not None:
                    same(code_of(error), code, "code")
            else:
                raise AssertionError(f"was not refused with {status} {code or ''}")

    def play(self, scenario, *arguments):
        """Runs a scenario to its end or to the first call that fails."""
        try:
            scenario(self, *arguments)
        except GivenUp:
            pass
        except Exception as error:
            self.failures.append(f"{self.way}: {scenario.__name__}, between calls: {told(error)}")


def code_of(error):
    """The service's code: of azure-core's error, or of Custom Vision's."""
    inner = error.error
    return getattr(inner, "code", None)


def inner_code_of(error):
    """The code of `innererror`, by which v3 and v4 tell what exactly is wrong."""
    return (error.error.innererror or {}).get("code")


def same(actual, expected, what):
    if actual != expected:
        raise AssertionError(f"{what}: {actual!r} instead of {expected!r}")


def true(condition, what):
    if not condition:
        raise AssertionError(what)


def told(error):
    """One line: the error, and where in our own files it came from."""
    frames = [(pathlib.Path(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    here = pathlib.Path(__file__)
    ours = [f"{file.name}:{line}" for file, line in frames if file.parent == here.parent and file != here]
    place = f" ({ours[-1]})" if ours else ""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:600] + place
