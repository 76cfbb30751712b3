"""One worker at full rate for a long time: what of memory, descriptors and threads does not come back."""

import random
import signal
import time

from .broker import Watch
from .common import say, until
from .processes import MachineLoad
from .slope import slope

PERIOD = 5  # seconds from one sample to the next
WARM_UP = 0.2  # of the time, left out of the slopes


def soak(stage, options):
    plan = stage.plan
    worker = stage.start_worker("worker")
    watch = Watch(stage.broker)
    watch.start()
    load = MachineLoad(worker.pid, stage.emulator.pid, stage.broker.pid)
    families = [family for family in plan.shares for _ in range(WEIGHTS[family])]
    chance = random.Random(options.seed)
    began = sampled = time.monotonic()
    end = began + options.minutes * 60
    samples, before, cpu = [], 0, worker.cpu
    say(f"soak: {options.minutes:g} minutes with {options.copies} requests under way")
    with stage.broker.desk() as desk:
        while time.monotonic() < end:
            worker.check()
            missing = options.copies - (len(plan.requests) - len(watch.outcomes))
            for _ in range(missing):
                id = plan.add(chance.choice(families))
                desk.submit(id, plan.body(id))
            while watch.projects:
                # A resource takes a hundred projects, however long one copies.
                stage.remove_project(*watch.projects.popleft())
            now = time.monotonic()
            if now - sampled >= PERIOD:
                sampled = now
                samples.append((now - began, worker.sample))
                if len(samples) % 12 == 0:
                    memory, files, threads = samples[-1][1]
                    say(f"soak: {len(watch.outcomes)} outcomes ({(len(watch.outcomes) - before) / 60:.0f}/s), "
                        f"{memory:.1f} MiB, {files} descriptors, {threads} threads")
                    before = len(watch.outcomes)
            time.sleep(0.02)
    count = len(plan.requests)
    rate = len(watch.outcomes) / (time.monotonic() - began)
    cpu = (worker.cpu - cpu) / len(watch.outcomes)
    load = load.text()
    until(300, "every request has its outcome", lambda: worker.check() and len(watch.outcomes) == count)
    idle = worker.sample
    worker.popen.send_signal(signal.SIGTERM)
    code = worker.popen.wait(60)
    stage.check(code == 0, f"the worker ended with {code}")
    watch.end()

    stage.row("requests", f"{count} ({', '.join(f'{n} {kind}' for kind, n in sorted(plan.kinds.items()))})")
    stage.row("outcomes a second", f"{rate:.1f}, with {options.copies} requests under way")
    stage.row("CPU of the worker per copy", f"{cpu * 1000:.2f} ms")
    warm = [(moment / 3600, sample) for moment, sample in samples if moment >= WARM_UP * options.minutes * 60]
    stage.row("samples", f"{len(warm)}, one in {PERIOD} s, after a warm-up of {WARM_UP * options.minutes:.1f} minutes")
    for number, (name, unit) in enumerate([("resident memory", "MiB"), ("file descriptors", ""), ("threads", "")]):
        values = [sample[number] for _, sample in warm]
        rise, error = slope([(hours, sample[number]) for hours, sample in warm])
        stage.row(name, f"{values[0]:.1f} to {values[-1]:.1f} {unit} (at most {max(values):.1f}; at rest {idle[number]:.1f})")
        stage.row("  slope per hour", f"{rise:+.2f} {unit} (standard error {error:.2f})")
    stage.row("load of the machine", load)
    stage.check_outcomes(watch, stage.report())


# How many of ten requests are of a family.
WEIGHTS = {"forms": 4, "documents": 4, "sorters": 1, "vision": 1}
