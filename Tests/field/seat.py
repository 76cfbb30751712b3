"""A worker's place in the pool of a campaign."""

import sqlite3
import subprocess

from .proxy import FaultProxy


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
