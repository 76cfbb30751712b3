"""Faults by chance, one after the other and sometimes two at once."""

import threading
import time

from .common import say
from .faults import DRIZZLE, KINDS


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
