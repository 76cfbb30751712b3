"""A world: an emulator, a journal, workers and requests."""

import collections
import json
import os
import urllib.request

from .common import ROOT, free_port, until, write
from .processes import Process


class Stage:
    """An emulator, a journal, one worker after the other, and requests."""

    def __init__(self, plan, broker, directory, options, seconds, spread=0):
        self.plan, self.broker = plan, broker
        self.directory = os.path.join(directory, plan.name)
        os.makedirs(self.directory)
        self.bin = f"{ROOT}/.build/{'debug' if options.debug else 'release'}"
        self.processes = []
        self.faults = []
        self.rows = []
        write(self.path("emulator.json"), json.dumps(plan.emulator(seconds, options.latency, spread)))
        ready = self.path("emulator.ready")
        self.emulator = self.launch("emulator", f"{self.bin}/azure-emulator", "--config", self.path("emulator.json"),
                                    "--ready-file", ready)
        until(30, "the emulator listens", lambda: self.emulator.check() and os.path.exists(ready))
        with open(ready) as file:
            self.ready = json.load(file)

    def path(self, name):
        return os.path.join(self.directory, name)

    def launch(self, name, *command):
        process = Process(name, command, self.directory)
        self.processes.append(process)
        return process

    def start_worker(self, name, amqp_port=None):
        """A worker that is ready."""
        worker = self.spawn_worker(name, amqp_port)
        until(60, f"{name} is ready", lambda: worker.check() and worker.is_ready())
        return worker

    def spawn_worker(self, name, amqp_port=None):
        port = free_port()
        write(self.path(f"{name}.yaml"),
              self.plan.worker(self.directory, amqp_port or self.broker.port, port, self.ready))
        worker = self.launch(name, f"{self.bin}/copy-worker", "run", "--config", self.path(f"{name}.yaml"))
        worker.health = f"http://127.0.0.1:{port}/readyz"
        return worker

    def admin(self, path, body=None, method=None):
        """Asks the emulator's admin port; with a body it is told."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.ready["admin"] + path, data, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def remove_project(self, resource, id):
        """Deletes a project, as its owner would."""
        door = next(one for one in self.ready["resources"] if one["name"] == resource)
        request = urllib.request.Request(f"{door['endpoint']}/customvision/v3.3/training/projects/{id}",
                                         headers={"Training-Key": door["key"]}, method="DELETE")
        urllib.request.urlopen(request, timeout=60).close()

    def report(self, gaps=False):
        return self.admin(f"/report?gaps={str(gaps).lower()}")

    def row(self, name, value):
        self.rows.append((name, value))

    def check(self, holds, fault):
        if not holds:
            self.faults.append(fault)

    def check_outcomes(self, watch, report):
        """Each request exactly once: its outcome, its copy, its authorization."""
        wanted = set(self.plan.requests)
        ends = {id: {event for _, event, _ in found} for id, found in watch.outcomes.items()}
        wrong = sorted(id for id in wanted if ends.get(id) != {"succeeded"})
        self.check(not wrong, f"{len(wrong)} requests did not succeed, e.g. {wrong[:3]}")
        self.check(set(ends) <= wanted, f"outcomes of unknown requests: {sorted(set(ends) - wanted)[:3]}")
        self.check(not watch.others, f"messages were rejected: {watch.others[:1]}")
        differing = sorted(id for id, found in watch.outcomes.items()
                           if len({(number, body) for number, _, body in found}) > 1)
        self.check(not differing, f"an outcome came twice with different bytes: {differing[:3]}")
        finished = report["finishedPerRequest"]
        doubled = sorted(id for id, count in finished.items() if count != 1)
        self.check(not doubled, f"requests with more than one finished target: {doubled[:3]}")
        self.check(set(finished) == wanted, f"{len(wanted - set(finished))} requests have no finished target")
        issued, models = report["authorizations"]["issued"], sum(
            count for kind, count in self.plan.kinds.items() if kind != "vision-project")
        self.check(issued == models, f"{issued} authorizations were issued for {models} models")
        self.check(report["authorizations"]["reused"] == 0, "an authorization was used twice")
        self.check(not report["neverFilled"], f"{len(report['neverFilled'])} models stayed empty")
        counts = self.broker.counts()
        self.check(not any(counts.values()), f"messages are left over: {counts}")
        with open(self.path("report.json"), "w") as file:
            json.dump(report, file)
        self.row("outcomes", ", ".join(f"{count} {event}" for event, count in sorted(
            collections.Counter(event for found in ends.values() for event in found).items())))
        repeated = sum(len(found) - 1 for found in watch.outcomes.values())
        self.row("the same outcome once more", repeated)
        self.row("authorizations issued, for models", f"{issued}, {models}")
        self.row("finished targets", sum(finished.values()))

    def end(self):
        for process in reversed(self.processes):
            process.end()
