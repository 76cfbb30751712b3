"""Emulators for the calls: configuration, start, stop, faults, and the ways in which a client gets in."""

import contextlib
import dataclasses
import json
import os
import pathlib
import ssl
import subprocess
import time
import urllib.parse
import urllib.request

TENANT = "0d6e1a5c-2b1f-4f0e-9a44-5f6f1c3c7a01"
CLIENT = "5a1f3c77-90ab-4b52-8a2b-6f1f4d6a0c11"
SECRET = "a client's secret & more"

LABELLED = "11111111-0000-4000-8000-000000000001"
UNLABELLED = "11111111-0000-4000-8000-000000000002"
PROJECT = "22222222-0000-4000-8000-000000000001"
TRAINING = "22222222-0000-4000-8000-000000000002"
COPY_SECONDS = 0.4
PAGE_SIZE = 4


def resource(name, region, seeded):
    models = [
        {"id": LABELLED, "name": "invoices", "labelled": True},
        {"id": UNLABELLED, "name": "receipts", "labelled": False, "version": "v2.0"},
    ] + [{"version": "v2.0"} for _ in range(65)]
    built = [{"id": f"built-{number:02}", "docTypes": ["a", "b"]} for number in range(9)]
    sorters = [
        {"id": f"sorter-{number}", "apiVersion": "2023-07-31", "docTypes": ["cars", "boats"]} for number in range(9)
    ]
    invoices = {"id": "invoices", "description": "Built in May", "tags": {"team": "a"}, "docTypes": ["invoices"]}
    projects = [
        {
            "id": PROJECT,
            "name": "Pets",
            "tags": ["cat", "dog", "newt"],
            "images": 12,
            "untaggedImages": 3,
            "iterations": 2,
        },
        {"id": TRAINING, "name": "Still learning", "training": True},
    ]
    return {
        "name": name,
        "region": region,
        "keys": [f"{name}-key"],
        "models": models if seeded else [],
        "documentModels": [invoices, {"id": "unready", "ready": False}] + built if seeded else [],
        "documentClassifiers": sorters if seeded else [],
        "projects": projects if seeded else [],
        "quirks": {"pageSize": PAGE_SIZE},
        "entra": {"tenant": TENANT, "clients": [CLIENT]},
    }


def configuration(ways, tls=None):
    """A source and a target of its own for each way, so that none sees what another left; and a regional resource."""
    resources = [resource("regional", "westus2", seeded=False) | {"regional": True}]
    for way in ways:
        resources.append(resource(f"{way}-source", "westus2", seeded=True))
        resources.append(resource(f"{way}-target", "eastus", seeded=False))
    whole = {
        "copy": {"seconds": COPY_SECONDS, "spread": 0},
        "resources": resources,
        "entra": {"tenants": [{"id": TENANT, "clients": [{"id": CLIENT, "secrets": [SECRET]}]}]},
    }
    return whole | ({"tls": tls} if tls else {})


@dataclasses.dataclass(frozen=True)
class Resource:
    """One emulated resource, as its ready file tells of it."""

    name: str
    endpoint: str
    key: str
    arm_id: str
    region: str


class Emulator:
    """A running emulator."""

    def __init__(self, told):
        self.admin = f"http://127.0.0.1:{told['adminPort']}"
        self.authority = told["entra"]["endpoint"]
        self.resources = {
            entry["name"]: Resource(entry["name"], entry["endpoint"], entry["key"], entry["armId"], entry["region"])
            for entry in told["resources"]
        }

    def _admin(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.admin + path, data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read() or b"null")

    @contextlib.contextmanager
    def fault(self, resource, call, fault, **more):
        """Switches a fault on for one strike; it has to strike."""
        rule = {"resource": resource.name, "call": call, "fault": fault, "count": 1, **more}
        number = self._admin("POST", "/faults", rule)["id"]
        yield
        fired = [entry["fired"] for entry in self._admin("GET", "/faults") if entry["id"] == number]
        self._admin("DELETE", f"/faults/{number}")
        if fired != [1]:
            raise AssertionError(f"the fault {fault} did not strike {call}")


@contextlib.contextmanager
def running(program, folder, name, settings):
    """Starts an emulator and stops it at the end."""
    folder = pathlib.Path(folder)
    config, ready, log = (folder / f"{name}.{ending}" for ending in ("json", "ready", "log"))
    config.write_text(json.dumps(settings))
    with open(log, "wb") as output:
        process = subprocess.Popen(
            [program, "--config", config, "--ready-file", ready], stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    try:
        end = time.monotonic() + 60
        while not ready.exists():
            if process.poll() is not None or time.monotonic() > end:
                raise SystemExit(f"{os.path.basename(program)} does not start:\n{log.read_text()}")
            time.sleep(0.05)
        yield Emulator(json.loads(ready.read_text()))
    finally:
        process.terminate()
        process.wait(timeout=30)


class DirectoryCredential:
    """A token credential for the SDKs: client credentials at the emulated Entra ID."""

    def __init__(self, authority, ca, secret=SECRET):
        self.url = f"{authority}/{TENANT}/oauth2/v2.0/token"
        self.context = ssl.create_default_context(cafile=ca)
        self.secret = secret

    def get_token(self, *scopes, **_):
        from azure.core.credentials import AccessToken

        form = urllib.parse.urlencode(
            {
                "grant_type": "client_credentials",
                "client_id": CLIENT,
                "client_secret": self.secret,
                "scope": " ".join(scopes),
            }
        )
        with urllib.request.urlopen(self.url, form.encode(), 30, context=self.context) as answer:
            told = json.loads(answer.read())
        return AccessToken(told["access_token"], int(time.time()) + told["expires_in"])


@dataclasses.dataclass(frozen=True)
class Way:
    """How a client gets in: over http or https, by key or by token."""

    name: str
    emulator: Emulator
    source: Resource
    target: Resource
    regional: Resource
    ca: str | None
    token: bool

    @property
    def verify(self):
        """What the SDKs' transport takes for `verify`."""
        return self.ca or True

    def credential(self, resource, wrong=False):
        """A credential of azure-core; a wrong one is refused by the service, not by us."""
        from azure.core.credentials import AccessToken, AzureKeyCredential

        if not self.token:
            return AzureKeyCredential("wrong" if wrong else resource.key)
        if not wrong:
            return DirectoryCredential(self.emulator.authority, self.ca)

        class Forged:
            def get_token(self, *_, **__):
                return AccessToken("forged", int(time.time()) + 3600)

        return Forged()
