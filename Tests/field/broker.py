"""The broker, and who listens to it."""

import collections
import hashlib
import json
import os
import subprocess
import threading
import time

from .common import ENDS, ROOT


class Broker:
    def __init__(self, directory):
        self.directory = os.path.join(directory, "broker")
        self.port, self.pid = (int(number) for number in self.command("start").split())

    def command(self, verb):
        return subprocess.run([f"{ROOT}/deploy/private-broker", verb, self.directory], check=True,
                              stdout=subprocess.PIPE, text=True).stdout.strip()

    def evaluate(self, expression):
        """Has the node evaluate Erlang."""
        subprocess.run([f"{ROOT}/deploy/private-broker", "eval", self.directory], check=True, input=expression,
                       stdout=subprocess.PIPE, text=True)

    def connection(self, **parameters):
        import pika
        return pika.BlockingConnection(pika.ConnectionParameters("127.0.0.1", self.port, heartbeat=0, **parameters))

    def desk(self):
        return Desk(self)

    def submit(self, plan):
        with self.desk() as desk:
            for id, body in plan.bodies():
                desk.submit(id, body)

    def counts(self):
        """Messages that are ready, by queue."""
        connection = self.connection()
        channel = connection.channel()
        queues = ["copy.requests", "copy.resume", "copy.retry.10s", "copy.retry.5m", "copy.commands", "copy.dead",
                  "copy.parking", "copy.results.unrouted"]
        counts = {queue: channel.queue_declare(queue, passive=True).method.message_count for queue in queues}
        connection.close()
        return counts

    def peek(self, queue, count):
        """The headers of waiting messages, which stay where they are, and whether they are redelivered."""
        connection = self.connection()
        channel = connection.channel()
        channel.basic_qos(prefetch_count=count)
        # Not basic.get, with which a quorum queue tells a delivery count of 0 as well.
        found = []
        for method, properties, _ in channel.consume(queue, inactivity_timeout=5) if count else []:
            if method is None:
                break
            found.append((properties.headers or {}, method.redelivered))
            if len(found) == count:
                break
        connection.close()
        return found


class Desk:
    """Where requests are published, one confirmed after the other."""

    def __init__(self, broker):
        self.broker = broker

    def __enter__(self):
        self.connection = self.broker.connection()
        self.channel = self.connection.channel()
        self.channel.confirm_delivery()
        return self

    def submit(self, id, body):
        import pika
        properties = pika.BasicProperties(content_type="application/json", delivery_mode=2, message_id=id)
        self.channel.basic_publish("", "copy.requests", body, properties, mandatory=True)

    def __exit__(self, *_):
        if self.connection.is_open:
            self.connection.close()


class Watch(threading.Thread):
    """Collects outcomes as they come, and says which copies have begun in Azure."""

    def __init__(self, broker):
        super().__init__(daemon=True)
        self.connection = broker.connection()
        self.outcomes = collections.defaultdict(list)  # request: (event id, event, hash of its bytes)
        self.copying = set()
        self.projects = collections.deque()  # (resource, id) of copies of projects
        self.others = []
        self.last = None
        self.channel = self.connection.channel()
        queue = self.channel.queue_declare("", exclusive=True).method.queue
        self.channel.queue_bind(queue, "copy.results", "#")
        self.channel.queue_bind(queue, "copy.progress", "copy.*.progress.#")
        self.channel.basic_consume(queue, self.take, auto_ack=True)

    def run(self):
        self.channel.start_consuming()

    def take(self, channel, method, properties, body):
        data = json.loads(body)["data"]
        if data["event"] in ENDS:
            outcome = (properties.message_id, data["event"], hashlib.sha256(body).digest())
            self.outcomes[data["requestId"]].append(outcome)
            if data["kind"] == "vision-project" and data["event"] == "succeeded":
                self.projects.append((data["target"]["resource"], data["target"]["id"]))
            self.last = time.monotonic()
        elif data["event"] == "progress":
            if data["phase"] == "copying":
                self.copying.add(data["requestId"])
        else:
            self.others.append(body.decode(errors="replace"))

    def end(self):
        self.connection.add_callback_threadsafe(self.channel.stop_consuming)
        self.join()
        self.connection.close()
