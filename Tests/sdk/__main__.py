"""Plays every scenario of every SDK and version, in every way, and prints a line per SDK and version."""

import argparse
import concurrent.futures
import contextlib
import importlib.metadata
import pathlib
import sys
import time

import custom_vision
import document_intelligence
import document_models
import form_recognizer
from calls import Calls
from emulation import Way, configuration, running

# SDK, version, scenarios, what makes a client of it.
JUDGES = [
    ("azure-ai-formrecognizer", "v2.0", form_recognizer.SCENARIOS, form_recognizer.Clients("2.0")),
    ("azure-ai-formrecognizer", "v2.1", form_recognizer.SCENARIOS, form_recognizer.Clients("2.1")),
    ("azure-ai-formrecognizer", "2022-08-31", document_models.SCENARIOS, document_models.Clients("2022-08-31")),
    (
        "azure-ai-formrecognizer",
        "2023-07-31",
        document_models.SCENARIOS + document_models.CLASSIFIERS,
        document_models.Clients("2023-07-31"),
    ),
    ("azure-ai-documentintelligence", "2024-11-30", document_intelligence.SCENARIOS, document_intelligence.Clients()),
    ("azure-cognitiveservices-vision-customvision", "v3.4-preview", custom_vision.SCENARIOS, custom_vision.Clients()),
]


def main():
    parser = argparse.ArgumentParser(prog="Tests/sdk/run")
    parser.add_argument("--emulator", required=True)
    parser.add_argument("--folder", required=True, help="with authority.pem, emulator.pem and emulator.key")
    parser.add_argument("--sdk", default="", help="only SDKs with this in their name or version")
    options = parser.parse_args()
    folder = pathlib.Path(options.folder)
    made = failed = 0
    with contextlib.ExitStack() as stack:
        ways = start(stack, options.emulator, folder)
        for package, version, scenarios, clients in JUDGES:
            sdk = f"{package} {importlib.metadata.version(package)} {version}"
            if options.sdk not in sdk:
                continue
            began = time.monotonic()
            # Most of a call is waiting, and the ways share no resource.
            with concurrent.futures.ThreadPoolExecutor(len(ways)) as pool:
                ledgers = list(pool.map(lambda way: play(scenarios, clients, way), ways))
            failures = [line for calls in ledgers for line in calls.failures]
            passed = sum(calls.passed for calls in ledgers)
            made, failed = made + passed + len(failures), failed + len(failures)
            seconds = time.monotonic() - began
            for line in failures:
                print(f"! {sdk}: {line}")
            print(
                f"{sdk}: calls {passed + len(failures)} passed {passed} failed {len(failures)}"
                f" ({', '.join(f'{calls.way} {calls.passed}' for calls in ledgers)}; {seconds:.0f} s)",
                flush=True,
            )
    if not made:
        print(f"no call was made; SDKs: {', '.join(f'{judge[0]} {judge[1]}' for judge in JUDGES)}", file=sys.stderr)
    return 1 if failed or not made else 0


def play(scenarios, clients, way):
    calls = Calls(way.name)
    for scenario in scenarios:
        calls.play(scenario, clients, way)
    return calls


def start(stack, program, folder):
    """Two emulators, one of them behind https; a way into it by key, and one by token."""
    plain = stack.enter_context(running(program, folder, "http", configuration(["key"])))
    tls = {"certificateFile": str(folder / "emulator.pem"), "keyFile": str(folder / "emulator.key")}
    secure = stack.enter_context(running(program, folder, "https", configuration(["key", "token"], tls)))
    ca = str(folder / "authority.pem")

    def way(emulator, name, ca):
        found = emulator.resources
        scheme = "https" if ca else "http"
        source, target = found[f"{name}-source"], found[f"{name}-target"]
        return Way(f"{scheme} {name}", emulator, source, target, found["regional"], ca, name == "token")

    return [way(plain, "key", None), way(secure, "key", ca), way(secure, "token", ca)]


if __name__ == "__main__":
    sys.exit(main())
