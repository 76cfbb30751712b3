"""What every part of a world needs."""

import datetime
import os
import socket
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PACKAGES = ["librabbitmq-dev", "libsqlite3-dev", "pkg-config", "rabbitmq-server", "python3-pika"]
PROGRAMS = ["copy-worker", "azure-emulator"]
ENDS = ("succeeded", "failed", "cancelled")
BEGAN = time.monotonic()


class Wrong(Exception):
    """There is no going on."""


def say(text):
    print(f"[{time.monotonic() - BEGAN:4.0f} s] {text}", file=sys.stderr, flush=True)


def until(seconds, what, condition, pause=0.05):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise Wrong(f"it did not come to this within {seconds:.0f} s: {what}")
        time.sleep(pause)


def write(name, text):
    with os.fdopen(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def build(options):
    subprocess.run([f"{ROOT}/deploy/debian-packages", *PACKAGES], check=True)
    if options.no_build:
        return
    kind = "debug" if options.debug else "release"
    for program in PROGRAMS:
        say(f"building {program} ({kind}; a first build takes minutes)")
        result = subprocess.run(["swift", "build", "-c", kind, "--product", program], cwd=ROOT, text=True,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if result.returncode:
            sys.stderr.write(result.stdout[-4000:])
            raise Wrong(f"{program} could not be built")


def print_table(name, rows):
    width = max(len(row[0]) for row in rows)
    print(f"\n{name}\n{'-' * len(name)}")
    for title, value in rows:
        print(f"{title.ljust(width)}  {value}")
    sys.stdout.flush()


def seconds_of(text):
    """Seconds since 1970 of a date as the emulator writes it."""
    # Seven digits of a second are one too many here.
    moment = datetime.datetime.strptime(text.rstrip("Z")[:26], "%Y-%m-%dT%H:%M:%S.%f")
    return moment.replace(tzinfo=datetime.timezone.utc).timestamp()
