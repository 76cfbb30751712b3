"""Upstream and downstream of a campaign: both live through what happens to the broker."""

import collections
import hashlib
import json
import threading
import time

from .common import ENDS, seconds_of

QUEUE = "campaign.events"


class Upstream(threading.Thread):
    """Publishes requests evenly over a time, each until the broker confirms it, and some of them a second time."""

    def __init__(self, broker, plan, count, seconds, chance, families):
        super().__init__(daemon=True)
        self.broker, self.plan, self.count, self.seconds = broker, plan, count, seconds
        self.chance, self.families = chance, families
        self.attempted = set()
        self.accepted = {}  # id: when the broker confirmed it
        self.publications = 0
        self.repeated = set()
        self.errors = collections.Counter()

    def run(self):
        began = time.monotonic()
        again = []  # (when, id)
        channel = None
        number = 0
        while number < self.count or again:
            due = began + self.seconds * number / self.count
            if again and (number == self.count or again[0][0] < due):
                due, id = again.pop(0)
                self.repeated.add(id)
            else:
                id = self.plan.add(self.chance.choice(self.families))
                number += 1
                if self.chance.random() < 0.03:
                    again.append((due + self.chance.uniform(0, 5), id))
                    again.sort()
            time.sleep(max(0, due - time.monotonic()))
            channel = self.publish(id, channel)

    def publish(self, id, channel):
        import pika
        properties = pika.BasicProperties(content_type="application/json", delivery_mode=2, message_id=id)
        self.attempted.add(id)
        while True:
            try:
                if channel is None:
                    channel = self.broker.connection(blocked_connection_timeout=30).channel()
                    channel.confirm_delivery()
                self.publications += 1
                channel.basic_publish("", "copy.requests", self.plan.body(id), properties, mandatory=True)
                self.accepted.setdefault(id, time.time())
                return channel
            except (pika.exceptions.AMQPError, OSError) as error:
                # Whether or not it arrived: the same id again does no harm.
                self.errors[type(error).__name__] += 1
                channel = None
                time.sleep(0.5)


class Outcome:
    """One outcome as it came."""

    def __init__(self, event_id, data, body, redelivered):
        self.event_id, self.event, self.redelivered = event_id, data["event"], redelivered
        self.hash = hashlib.sha256(body).digest()
        self.code = data.get("error", {}).get("code")
        self.left_behind = data.get("leftBehind")
        self.at = time.time()


class Downstream(threading.Thread):
    """Hears every event of copy.results by a durable queue."""

    def __init__(self, broker):
        super().__init__(daemon=True)
        self.broker = broker
        self.outcomes = collections.defaultdict(list)
        self.others = []
        self.is_ending = False
        self.listen().connection.close()

    def listen(self):
        channel = self.broker.connection().channel()
        channel.queue_declare(QUEUE, durable=True)
        channel.queue_bind(QUEUE, "copy.results", "#")
        channel.basic_qos(prefetch_count=500)
        return channel

    def run(self):
        import pika
        while not self.is_ending:
            try:
                channel = self.listen()
                for method, properties, body in channel.consume(QUEUE, inactivity_timeout=0.5):
                    if method is not None:
                        self.take(method, properties, body)
                        channel.basic_ack(method.delivery_tag)
                    if self.is_ending:
                        channel.connection.close()
                        return
            except (pika.exceptions.AMQPError, OSError):
                time.sleep(0.5)

    def take(self, method, properties, body):
        data = json.loads(body)["data"]
        if data["event"] in ENDS:
            self.outcomes[data["requestId"]].append(Outcome(properties.message_id, data, body, method.redelivered))
        else:
            self.others.append(data)

    def end(self):
        self.is_ending = True
        self.join()


class CallTail(threading.Thread):
    """Which request was worked on when, by the emulator's own log."""

    def __init__(self, stage):
        super().__init__(daemon=True)
        self.stage = stage
        self.calls = collections.defaultdict(list)  # id of a request: when Azure was called for it
        self.next = 0
        self.has_ended = threading.Event()

    def run(self):
        while not self.has_ended.wait(1):
            self.read()

    def end(self):
        """Reads to the end."""
        self.has_ended.set()
        self.join()
        self.read()

    def read(self):
        while True:
            page = self.stage.admin(f"/calls?from={self.next}")
            self.next = page["next"]
            for call in page["calls"]:
                if call["clientRequestID"]:
                    self.calls[call["clientRequestID"]].append(seconds_of(call["at"]))
            if not page["calls"]:
                return
