"""SIGTERM with all copies in flight, and a new start."""

import signal
import time

from .broker import Watch
from .common import say, until
from .processes import MachineLoad, wait_for


def drain(stage, options):
    """SIGTERM with all copies in flight, and a new start."""
    count = len(stage.plan.requests)
    first = stage.start_worker("worker-1")
    watch = Watch(stage.broker)
    watch.start()
    say(f"drain: submitting {count} requests")
    stage.broker.submit(stage.plan)
    # By Azure's word: of progress events the oldest are dropped when they come too fast.
    until(120 + count, "all copies have begun", lambda: first.check() and len(stage.report()["copies"]) == count,
          pause=1)
    ended = len(watch.outcomes)
    load = MachineLoad(stage.emulator.popen.pid, stage.broker.pid)
    cpu = first.cpu
    say(f"drain: SIGTERM with {count - ended} copies in flight")
    moment = time.monotonic()
    first.popen.send_signal(signal.SIGTERM)
    code, usage = wait_for(first.popen, 120)
    gone = time.monotonic() - moment
    used = usage.ru_utime + usage.ru_stime - cpu
    load = load.text(used)
    stage.check(code == 0, f"the worker ended with {code}")
    # What was acknowledged and what was handed back is on the broker when the process is gone.
    counts = stage.broker.counts()
    messages = stage.broker.peek("copy.resume", counts["copy.resume"])
    risen = sum(1 for headers, redelivered in messages if "x-delivery-count" in headers or redelivered)
    left = sum(counts[queue] for queue in ("copy.requests", "copy.resume", "copy.retry.10s", "copy.retry.5m"))
    stage.check(left == count - len(watch.outcomes),
                f"{count - len(watch.outcomes)} requests are unfinished, and {left} messages wait: {counts}")
    stage.check(len(messages) == counts["copy.resume"], f"{len(messages)} messages were seen: {counts}")
    stage.check(risen == 0, f"the delivery count of {risen} messages rose")

    say("drain: a new worker starts")
    again = time.monotonic()
    second = stage.start_worker("worker-2")
    until(120 + count + 4 * options.seconds, "every request has its outcome",
          lambda: second.check() and len(watch.outcomes) == count)
    took = watch.last - again
    second.popen.send_signal(signal.SIGTERM)
    code_again = second.popen.wait(60)
    stage.check(code_again == 0, f"the second worker ended with {code_again}")
    watch.end()
    stage.row("copies in flight at SIGTERM", count - ended)
    stage.row("SIGTERM to the end of the process", f"{gone:.2f} s")
    stage.row("exit code", code)
    stage.row("CPU of the worker meanwhile", f"{used:.2f} s")
    stage.row("messages then in copy.resume", counts["copy.resume"])
    stage.row("  with a delivery count", risen)
    stage.row("messages then in copy.requests, copy.retry.10s, copy.retry.5m",
              f"{counts['copy.requests']}, {counts['copy.retry.10s']}, {counts['copy.retry.5m']}")
    stage.row("second start to last outcome", f"{took:.1f} s")
    stage.row("load of the machine while draining", load)
    stage.check_outcomes(watch, stage.report())
