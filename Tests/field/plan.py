"""What is copied: the resources of a world and the requests over them."""

import collections
import json
import os

from .common import write

# Family: kind, the API versions that its requests take in turn, what the emulator calls its items.
FAMILIES = {
    "forms": ("document-model", ["v2.1", "v2.0"], "models"),
    "documents": ("document-model", ["2024-11-30", "2023-07-31"], "documentModels"),
    "sorters": ("document-classifier", ["2024-11-30"], "documentClassifiers"),
    "vision": ("vision-project", ["v3.3", "v3.4-preview"], "projects"),
}


class Share:
    """How much of a plan belongs to one family."""

    def __init__(self, pairs, items, versions=None):
        self.pairs, self.items, self.versions = pairs, items, versions


class Plan:
    """Pairs of resources, a source and a target each, and requests that are spread evenly over them."""

    def __init__(self, name, shares, slots, budget=None, in_flight=None, lines=None):
        self.name, self.shares, self.slots = name, shares, slots
        self.budget, self.in_flight = budget or {}, in_flight  # of each resource; else the worker's defaults
        self.lines = lines or {}  # section of the worker's configuration: more lines
        self.pairs = [(family, n) for family, share in shares.items() for n in range(share.pairs)]
        self.requests = {}  # id: (pair, number of the item, API version)
        self.given = collections.Counter()

    def add(self, family, id=None):
        """A further request of a family; the items of a source are copied in turn."""
        share, number = self.shares[family], self.given[family]
        self.given[family] += 1
        versions = share.versions or FAMILIES[family][1]
        id = id or f"{self.name}-{family}-{number}"
        pair, number = (family, number % share.pairs), number // share.pairs
        self.requests[id] = (pair, number % share.items, versions[number % len(versions)])
        return id

    @property
    def kinds(self):
        return collections.Counter(FAMILIES[pair[0]][0] for pair, _, _ in self.requests.values())

    @staticmethod
    def resource(pair, side):
        return f"{pair[0]}-{side}-{pair[1]}"

    @staticmethod
    def item(pair, number):
        return f"{pair[1]:08d}-0000-4000-8000-{number:012d}"

    def bodies(self):
        for id in list(self.requests):
            yield id, self.body(id)

    def body(self, id):
        pair, number, version = self.requests[id]
        target = {"resource": self.resource(pair, "target")}
        if pair[0] in ("documents", "sorters"):
            target["id"] = id
        return json.dumps({
            "id": id, "kind": FAMILIES[pair[0]][0], "apiVersion": version, "target": target,
            "source": {"resource": self.resource(pair, "source"), "id": self.item(pair, number)}}).encode()

    def emulator(self, seconds, latency, spread=0):
        resources = []
        for pair in self.pairs:
            items = [self.seed(pair, n) for n in range(self.shares[pair[0]].items)]
            key = FAMILIES[pair[0]][2]
            resources.append({"name": self.resource(pair, "source"), "region": "westus2", key: items,
                              "limits": {"projects": 10**6}})
            resources.append({"name": self.resource(pair, "target"), "region": "eastus",
                              "limits": {"models": 10**6, "projects": 10**6, "documentModels": 10**6}})
        return {"copy": {"seconds": seconds, "spread": spread}, "latency": {"milliseconds": latency, "spread": 0.5},
                "resources": resources}

    def seed(self, pair, number):
        if pair[0] == "documents":
            return {"id": self.item(pair, number), "apiVersion": "2023-07-31", "docTypes": ["invoice"]}
        if pair[0] == "sorters":
            return {"id": self.item(pair, number), "apiVersion": "2024-11-30", "docTypes": ["car", "boat"]}
        return {"id": self.item(pair, number), "name": f"item {pair[1]}/{number}"}

    def worker(self, directory, amqp_port, http_port, ready):
        """The worker's configuration; what is not about this machine, the slots or the budgets is left as it is."""
        sections = {
            "broker": [f"nodes: [\"amqp://127.0.0.1:{amqp_port}\"]"],
            "journal": [f"path: {os.path.join(directory, 'journal.sqlite')}"],
            "http": [f"listen: 127.0.0.1:{http_port}"],
            "worker": [f"slots: {self.slots}"],
        }
        for section, more in self.lines.items():
            sections[section] = sections.get(section, []) + more
        lines = []
        for section, entries in sections.items():
            lines += [f"{section}:"] + [f"  {entry}" for entry in entries]
        lines.append("resources:")
        for resource in ready["resources"]:
            name = resource["name"]
            write(os.path.join(directory, f"{name}.key"), resource["key"])
            lines += [
                f"  {name}:", f"    endpoint: {resource['endpoint']}", f"    armId: {resource['armId']}",
                f"    region: {resource['region']}", f"    keyFile: {os.path.join(directory, name + '.key')}",
            ]
            if self.in_flight:
                lines.append(f"    maxInFlight: {self.in_flight}")
            if self.budget:
                lines.append("    budget: {%s}" % ", ".join(f"{key}: {value}" for key, value in self.budget.items()))
        lines.append("routes:")
        for pair in self.pairs:
            source, target = self.resource(pair, "source"), self.resource(pair, "target")
            lines += [f"  {source}-on:", f"    from: {source}", f"    to: {target}",
                      f"    kinds: [{FAMILIES[pair[0]][0]}]"]
        return "\n".join(lines) + "\n"
