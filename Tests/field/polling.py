"""All copies in flight on one worker: how evenly they are polled, and what that costs."""

import collections
import signal
import statistics
import time

from .broker import Watch
from .common import say, seconds_of, until
from .processes import MachineLoad


def polling(stage, options):
    """All copies in flight on one worker."""
    count = len(stage.plan.requests)
    worker = stage.start_worker("worker")
    watch = Watch(stage.broker)
    watch.start()
    load = MachineLoad(worker.popen.pid, stage.emulator.popen.pid, stage.broker.pid)
    cpu, emulator_cpu = worker.cpu, stage.emulator.cpu
    say(f"polling: submitting {count} requests")
    began = time.monotonic()
    stage.broker.submit(stage.plan)
    until(120 + count, "all copies have begun", lambda: worker.check() and len(watch.copying) == count)
    say(f"polling: {count} copies begun after {time.monotonic() - began:.1f} s")

    # While nothing but polls goes on: what polls cost.
    middle = None
    if not watch.outcomes:
        polls, before, moment = polls_of(stage.report()), worker.cpu, time.monotonic()
        until(options.seconds, "copies end", lambda: watch.outcomes, pause=0.2)
        middle = (worker.cpu - before, polls_of(stage.report()) - polls, time.monotonic() - moment)
    until(120 + count + 2 * options.seconds, "every request has its outcome",
          lambda: worker.check() and len(watch.outcomes) == count)
    took = watch.last - began
    cpu, emulator_cpu = worker.cpu - cpu, stage.emulator.cpu - emulator_cpu
    load = load.text()
    peak = worker.peak_mib
    worker.popen.send_signal(signal.SIGTERM)
    code = worker.popen.wait(60)
    stage.check(code == 0, f"the worker ended with {code}")
    watch.end()
    report = stage.report(gaps=True)

    gaps, polls = report["pollGaps"], polls_of(report)
    stage.row("copies", f"{count} ({', '.join(f'{n} {kind}' for kind, n in stage.plan.kinds.items())})")
    stage.row("resources", f"{options.resources} sources, {options.resources} targets")
    stage.row("copies in Azure at once, at most", most_at_once(report["copies"]))
    stage.row("first request to last outcome", f"{took:.1f} s")
    stage.row("gap between polls of one copy: median", f"{gaps['p50'] / 1000:.3f} s")
    stage.row("  within 0.85 to 1.15 s", f"{gaps['withinShare'] * 100:.2f} %")
    stage.row("  p01, p99", f"{gaps['p01'] / 1000:.3f} s, {gaps['p99'] / 1000:.3f} s")
    stage.row("  min, max", f"{gaps['min'] / 1000:.3f} s, {gaps['max'] / 1000:.3f} s")
    stage.row("  gaps", gaps["count"])
    for kind in stage.plan.kinds if len(stage.plan.kinds) > 1 else []:
        stage.row(f"  {kind}", gaps_of(report["copies"], kind))
    stage.row("polls", polls)
    stage.row("CPU of the worker per copy, all included", f"{cpu * 1000 / count:.2f} ms")
    if middle and middle[1]:
        stage.row("  per 1,000 polls, while nothing else went on",
                  f"{middle[0] * 1e6 / middle[1]:.0f} ms ({middle[1]} polls in {middle[2]:.1f} s)")
    stage.row("  of one core, on average", f"{cpu / took * 100:.1f} %")
    stage.row("peak resident memory of the worker", f"{peak:.1f} MiB")
    stage.row("CPU of the emulator", f"{emulator_cpu:.1f} s")
    stage.row("load of the machine", load)
    stage.check_outcomes(watch, report)


def polls_of(report):
    return sum(copy["polls"] for copy in report["copies"])


def gaps_of(copies, kind):
    gaps = sorted(gap for copy in copies if copy["kind"] == kind for gap in copy["gapsMs"])
    if not gaps:
        return "none"
    within = sum(1 for gap in gaps if 850 <= gap <= 1150) / len(gaps)
    return f"median {statistics.median(gaps) / 1000:.3f} s, {within * 100:.2f} % within, {len(gaps)} gaps"


def most_at_once(copies):
    changes = []
    for copy in copies:
        changes.append((seconds_of(copy["startedAt"]), 1))
        if copy.get("endedAt"):
            changes.append((seconds_of(copy["endedAt"]), -1))
    now = most = 0
    for _, change in sorted(changes):
        now += change
        most = max(most, now)
    return most
