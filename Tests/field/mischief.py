"""What is done to a pool of workers, its broker, its network and Azure."""

import signal
import sqlite3
import subprocess
import threading
import time

from .common import say
from .proxy import BOTH, TO_CLIENT, TO_SERVER, FaultProxy


class Fault:
    """One thing that was done, and the requests that its victim held at that moment."""

    def __init__(self, kind, seat=None):
        self.kind, self.seat = kind, seat
        self.began = time.time()
        self.ended = None
        self.held = seat.holds() if seat else []
        self.served_again = None  # when the victim was seen to be at work again
        self.note = ""

    @property
    def name(self):
        return self.kind.name


class Seat:
    """A worker's place in the pool: one process after the other, each behind the same proxy."""

    def __init__(self, number, stage):
        self.number, self.stage = number, stage
        self.proxy = FaultProxy(stage.broker.port)
        self.generation = 0
        self.worker = None
        self.is_expected_to_end = False
        self.endings = []  # of processes that ended by themselves

    def start(self):
        self.generation += 1
        self.worker = self.stage.spawn_worker(f"worker-{self.number}-{self.generation}", self.proxy.port)
        self.is_expected_to_end = False

    def holds(self):
        """The requests that the process owns by the journal, and has not ended."""
        with sqlite3.connect(f"file:{self.stage.path('journal.sqlite')}?mode=ro", uri=True, timeout=10) as journal:
            rows = journal.execute("SELECT id FROM request WHERE owner LIKE ? AND ended_at IS NULL",
                                   (f"%-{self.worker.pid}-%",))
            return [id for id, in rows]

    def check(self):
        """Starts the process again if it ended by itself, and remembers that it did."""
        if not self.is_expected_to_end and self.worker.popen.poll() is not None:
            self.endings.append(f"{self.worker.name} ended by itself with {self.worker.popen.returncode}")
            self.start()

    def end_by(self, number, limit):
        self.is_expected_to_end = True
        self.worker.popen.send_signal(number)
        try:
            return self.worker.popen.wait(limit)
        except subprocess.TimeoutExpired:
            self.worker.popen.kill()
            self.worker.popen.wait()
            return f"not gone after {limit} s"


# Kinds of faults. Each is done from beginning to end by `strike`, with durations by chance.


class Kill:
    name = "SIGKILL"
    needs_victim = True

    def strike(self, fault, world):
        fault.seat.end_by(signal.SIGKILL, 10)
        time.sleep(world.chance.choice([0, 0, world.span(1, 20)]))
        fault.seat.start()


class Terminate:
    name = "SIGTERM"
    needs_victim = True

    def strike(self, fault, world):
        code = fault.seat.end_by(signal.SIGTERM, 60)
        if code != 0:
            fault.seat.endings.append(f"{fault.seat.worker.name} ended with {code} after SIGTERM")
        fault.seat.start()


class Freeze:
    name = "SIGSTOP"
    needs_victim = True

    def strike(self, fault, world):
        span = world.span(5, 60)
        fault.note = f"{span:.0f} s"
        fault.seat.is_expected_to_end = True
        fault.seat.worker.popen.send_signal(signal.SIGSTOP)
        time.sleep(span)
        fault.seat.worker.popen.send_signal(signal.SIGCONT)
        fault.seat.is_expected_to_end = False


class Reset:
    name = "connections reset"
    needs_victim = True

    def strike(self, fault, world):
        fault.seat.proxy.reset()


class BlackHole:
    """The connections that stand lead nowhere; new ones are delivered, as after a fail-over of the network."""

    name = "black hole"
    needs_victim = True
    directions = BOTH

    def strike(self, fault, world):
        fault.seat.proxy.swallow(self.directions)
        # Until the victim has found it out by itself.
        end = time.time() + 120
        while not fault.seat.proxy.stands_since(fault.began) and time.time() < end:
            time.sleep(0.05)
        fault.seat.proxy.heal()


class Deaf(BlackHole):
    name = "black hole to the worker"
    directions = {TO_CLIENT}


class Mute(BlackHole):
    name = "black hole to the broker"
    directions = {TO_SERVER}


class Partition:
    """The worker cannot reach the broker at all for a time; Azure and the journal it can."""

    name = "partition"
    needs_victim = True

    def strike(self, fault, world):
        span = world.span(5, 60)
        fault.note = f"{span:.0f} s"
        fault.seat.proxy.swallow(new=True)
        time.sleep(span)
        fault.seat.proxy.heal()


class BrokerRestart:
    name = "broker restarted"
    needs_victim = False

    def strike(self, fault, world):
        world.stage.broker.command("restart")


class BrokerKill:
    name = "broker killed"
    needs_victim = False

    def strike(self, fault, world):
        world.stage.broker.command("kill")
        time.sleep(world.span(0, 10))
        world.stage.broker.command("resume")


class MemoryAlarm:
    name = "memory alarm"
    needs_victim = False

    def strike(self, fault, world):
        span = world.span(5, 180)
        fault.note = f"{span:.0f} s"
        watermark = "vm_memory_monitor:set_vm_memory_high_watermark(%s)."
        world.stage.broker.evaluate(watermark % "0.0000001")
        time.sleep(span)
        world.stage.broker.evaluate(watermark % "0.8")


class AzureStorm:
    """Every other call to Azure goes wrong for a time."""

    name = "storm in Azure"
    needs_victim = False

    def strike(self, fault, world):
        fault.note = world.chance.choice(["throttle", "error503", "answerLost", "reset"])
        when = {"when": "afterWork"} if fault.note == "answerLost" else {}
        number = world.azure.switch_on({"fault": fault.note, "probability": 0.5, "retryAfter": 2, **when})
        time.sleep(world.span(3, 15))
        world.azure.switch_off(number)


class Trouble:
    """Faults of the emulator, with how often each has struck."""

    def __init__(self, stage):
        self.stage = stage
        self.struck = {}

    def switch_on(self, rule):
        return self.stage.admin("/faults", rule)["id"]

    def switch_off(self, number):
        self.count(number)
        self.stage.admin(f"/faults/{number}", method="DELETE")

    def count(self, number=None):
        for entry in self.stage.admin("/faults"):
            if number in (None, entry["id"]):
                self.struck[entry["fault"]] = self.struck.get(entry["fault"], 0) + entry["fired"]

    def end(self):
        self.count()
        self.stage.admin("/faults", method="DELETE")


# Kind, and its share of all faults.
KINDS = [(Kill(), 8), (Terminate(), 3), (Freeze(), 4), (Reset(), 3), (BlackHole(), 3), (Deaf(), 2), (Mute(), 2),
         (Partition(), 2), (BrokerRestart(), 1), (BrokerKill(), 1), (MemoryAlarm(), 1), (AzureStorm(), 3)]
# What goes wrong in Azure all the time, by probability of a call.
DRIZZLE = [{"fault": "answerLost", "when": "afterWork", "probability": 0.01}, {"fault": "error503", "probability": 0.01},
           {"fault": "throttle", "retryAfter": 1, "probability": 0.005}, {"fault": "reset", "probability": 0.005},
           {"fault": "slow", "milliseconds": 1500, "probability": 0.02}]


class Mischief(threading.Thread):
    """Strikes again and again, each kind in its share; sometimes two at once."""

    def __init__(self, stage, seats, chance, seconds, scale, only=None):
        super().__init__(daemon=True)
        self.shares = {kind: share for kind, share in KINDS if not only or kind.name in only}
        self.stage, self.seats, self.chance, self.scale = stage, seats, chance, scale
        self.end_at = time.monotonic() + seconds
        self.azure = Trouble(stage)
        self.faults = []
        self.error = None
        self.striking = []

    def span(self, shortest, longest):
        """Seconds of a fault, by chance; shortened in a short campaign."""
        return self.chance.uniform(shortest, max(shortest, longest * self.scale))

    def run(self):
        try:
            for rule in DRIZZLE:
                self.azure.switch_on(rule)
            for kind in self.kinds():
                self.strike(kind)
                # Mostly alone and for long enough, so that recovery is the recovery from one thing.
                if self.chance.random() < 0.8:
                    self.join_strikes()
                    is_quick = self.chance.random() < 0.3
                    self.rest(self.chance.uniform(1, 3) if is_quick else self.chance.uniform(13, 20) * self.scale)
                if time.monotonic() > self.end_at:
                    break
            self.join_strikes()
        except Exception as error:  # told at the end: a campaign without faults proves nothing
            self.error = error

    def kinds(self):
        """Every kind once at first, then by their shares."""
        first = list(self.shares)
        self.chance.shuffle(first)
        if self.scale < 1:
            # What happens most comes first where there is no time for everything.
            first.sort(key=lambda kind: -self.shares[kind])
        yield from first
        while True:
            yield self.chance.choices(list(self.shares), list(self.shares.values()))[0]

    def strike(self, kind):
        free = [seat for seat in self.seats if not any(fault.seat is seat for fault, _ in self.striking)]
        if kind.needs_victim and not free:
            return
        seat = self.chance.choice(free) if kind.needs_victim else None
        fault = Fault(kind, seat)
        self.faults.append(fault)
        thread = threading.Thread(target=self.carry_out, args=(kind, fault), daemon=True)
        self.striking.append((fault, thread))
        thread.start()

    def carry_out(self, kind, fault):
        victim = f" at worker {fault.seat.number}, which holds {len(fault.held)}" if fault.seat else ""
        say(f"{kind.name}{victim}")
        try:
            kind.strike(fault, self)
        except Exception as error:
            self.error = error
        fault.ended = time.time()
        threading.Thread(target=self.watch, args=(fault,), daemon=True).start()

    def watch(self, fault):
        """Notes when all whom it hit are ready again."""
        seats = [fault.seat] if fault.seat else self.seats
        while not all(seat.worker.is_ready() for seat in seats):
            time.sleep(0.1)
        fault.served_again = time.time()

    def join_strikes(self):
        for _, thread in self.striking:
            thread.join()
        self.striking = []

    def rest(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < min(end, self.end_at):
            for seat in self.seats:
                seat.check()
            time.sleep(0.2)
