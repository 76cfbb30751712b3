"""What came of a campaign, from what Azure, the broker and the journal say."""

import collections
import math
import sqlite3

from .common import ENDS


class Verdict:
    def __init__(self, stage, upstream, downstream, mischief, calls):
        self.stage, self.upstream, self.downstream = stage, upstream, downstream
        self.mischief, self.calls = mischief, calls
        self.violations = []
        self.rows = []

    def row(self, name, value):
        self.rows.append((name, value))

    def hold(self, found, what):
        """Counts what must not be."""
        found = list(found)
        if found:
            self.violations.append(f"{what}: {len(found)}, e.g. {found[:3]}")
        return len(found)

    def judge(self):
        report = self.stage.report()
        self.requests(report)
        self.azure(report)
        self.broker()
        self.faults()
        self.recovery()

    # What came of the requests

    def requests(self, report):
        accepted, outcomes = self.upstream.accepted, self.downstream.outcomes
        ended = set(outcomes) & set(accepted)
        self.row("attempted", len(self.upstream.attempted))
        self.row("  of them asked for twice on purpose", len(self.upstream.repeated))
        self.row("  publications, with tries again", self.upstream.publications)
        self.row("accepted (confirmed by the broker)", len(accepted))
        self.row("ended", len(ended))
        ends = collections.Counter(found[0].event for found in outcomes.values())
        self.row("  how", ", ".join(f"{count} {event}" for event, count in sorted(ends.items())))
        codes = collections.Counter(found[0].code for found in outcomes.values() if found[0].code)
        for code, count in sorted(codes.items()):
            self.row(f"    {code}", count)
        self.row("lost", self.hold(sorted(set(accepted) - ended), "lost: accepted and without an outcome"))
        finished = report["finishedPerRequest"]
        self.row("second finished targets", self.hold(
            sorted(id for id, count in finished.items() if count > 1), "more than one finished target"))
        self.row("outcomes with different bytes", self.hold(
            sorted(id for id, found in outcomes.items() if len({(one.event_id, one.hash) for one in found}) > 1),
            "outcomes with different bytes or event ids"))
        again = sum(len(found) - 1 for found in outcomes.values())
        twice = sum(1 for found in outcomes.values() for one in found[1:] if one.redelivered)
        self.row("duplicates on the wire", f"{again} (of them redelivered to the listener: {twice})")
        unexpected = [f"an outcome of {id}" for id in set(outcomes) - self.upstream.attempted]
        unexpected += [f"{data['event']}: {data}" for data in self.downstream.others]
        unexpected += [f"{id} succeeded without a finished target" for id, found in outcomes.items()
                       if found[0].event == "succeeded" and not finished.get(id)]
        unexpected += [f"{id} {found[0].event}, and its target is finished and not left behind"
                       for id, found in outcomes.items()
                       if found[0].event in ENDS[1:] and finished.get(id) and not found[0].left_behind]
        unexpected += [ending for seat in self.mischief.seats for ending in seat.endings]
        self.row("unexpected", self.hold(unexpected, "unexpected"))

    # What is in Azure

    def azure(self, report):
        named = self.named()
        authorizations = report["authorizations"]
        self.row("authorizations issued, used", f"{authorizations['issued']}, {authorizations['used']}")
        self.row("  used twice", self.hold(
            [one["modelId"] for one in authorizations["list"] if one["uses"] > 1], "authorizations used twice"))
        empty = [model["modelId"] for model in report["neverFilled"]]
        self.row("models that stayed empty", len(empty))
        self.row("  that no obligation names", self.hold(
            [id for id in empty if id not in named], "empty models that no obligation names"))
        reserved = [one["modelId"] for one in report["reservations"]]
        self.row("reserved ids that were never filled", len(reserved))
        self.row("  that no obligation names", self.hold(
            [id for id in reserved if id not in named], "reservations that no obligation names"))
        projects = collections.Counter()
        stray = []
        for resource, found in report["projects"].items():
            for project in found if "-target-" in resource else []:
                projects[project.get("clientRequestID")] += 1
                ends = self.downstream.outcomes.get(project.get("clientRequestID"))
                if not ends or ends[0].event != "succeeded" or projects[project["clientRequestID"]] > 1:
                    stray.append((project["id"], project["name"]))
        self.row("projects besides those of outcomes", len(stray))
        self.row("  that no obligation names", self.hold(
            [one for one in stray if one[0] not in named and one[1] not in named],
            "projects that no obligation names"))
        self.row("calls to Azure", sum(count for calls in report["calls"].values() for count in calls.values()))

    def named(self):
        """All that obligations say, as one text."""
        with sqlite3.connect(f"file:{self.stage.path('journal.sqlite')}?mode=ro", uri=True) as journal:
            return "\n".join(record for record, in journal.execute("SELECT record FROM obligation"))

    # What is on the broker

    def broker(self):
        left = {queue: count for queue, count in self.stage.broker.counts().items()
                if count and queue != "copy.results.unrouted"}
        self.row("messages left over", self.hold(left.items(), "messages are left over"))

    # What was done

    def faults(self):
        done = collections.Counter(fault.name for fault in self.mischief.faults)
        self.row("faults", sum(done.values()))
        for name, count in sorted(done.items()):
            self.row(f"  {name}", count)
        for name, count in sorted(self.mischief.azure.struck.items()):
            self.row(f"  in Azure: {name}", count)

    def recovery(self):
        """From the fault to the next call or outcome of what the victim held, and to the victim's own return."""
        self.row("recovery", "seconds from the fault, where no other fault fell into it")
        kinds = sorted({fault.name for fault in self.mischief.faults})
        for name in kinds:
            faults = [fault for fault in self.mischief.faults if fault.name == name]
            work = [gap for fault in faults for gap in self.gaps(fault) if self.was_alone(fault, fault.began + gap)]
            back = [fault.served_again - fault.began for fault in faults
                    if fault.served_again and self.was_alone(fault, fault.served_again)]
            if work:
                self.row(f"  {name}: requests held, next work", figures(work))
            if back:
                self.row(f"  {name}: ready again", figures(back))

    def was_alone(self, fault, recovered):
        return not any(other is not fault and other.began < recovered
                       and (other.served_again or other.ended or recovered) > fault.began
                       for other in self.mischief.faults)

    def gaps(self, fault):
        # What had left the victim at that moment may still arrive.
        begin = fault.began + 0.1
        for id in fault.held:
            outcomes = self.downstream.outcomes.get(id, [])
            signs = [at for at in self.calls.calls.get(id, []) if at > begin] + [one.at for one in outcomes
                                                                                  if one.at > begin]
            if signs and not any(one.at <= begin for one in outcomes):
                yield min(signs) - fault.began


def figures(values):
    values = sorted(values)

    def rank(share):
        return values[min(len(values), max(1, math.ceil(share * len(values)))) - 1]

    return f"{len(values)}: p50 {rank(0.5):.1f}, p99 {rank(0.99):.1f}, at most {values[-1]:.1f}"
