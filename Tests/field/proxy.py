"""A TCP proxy that does to connections what networks do."""

import collections
import queue
import selectors
import socket
import struct
import threading
import time

TO_SERVER, TO_CLIENT = "to the server", "to the client"
BOTH = {TO_SERVER, TO_CLIENT}


class Way:
    """One direction of one connection."""

    def __init__(self, source, sink, direction):
        self.source, self.sink, self.direction = source, sink, direction
        self.pending = b""
        self.is_swallowed = False  # a black hole: nothing is read, delivered or refused
        self.is_open = True


class FaultProxy(threading.Thread):
    def __init__(self, target):
        super().__init__(daemon=True)
        self.target = target
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.listener.setblocking(False)
        self.port = self.listener.getsockname()[1]
        self.orders = queue.SimpleQueue()
        self.pairs = []
        self.holes = set()  # directions in which new connections are swallowed too
        self.accepted = collections.deque(maxlen=1000)  # when connections came
        self.start()

    # What can be ordered from other threads

    def reset(self):
        """RST to both ends of every connection that stands."""
        self.orders.put(self._reset)

    def swallow(self, directions=BOTH, new=False):
        """From now on what goes these ways over the connections that stand, or over new ones too, gets nowhere."""
        self.orders.put(lambda: self._swallow(directions, new))

    def heal(self):
        """New connections are delivered again; those that stood in a hole are reset, as a network forgets them."""
        self.orders.put(self._heal)

    def stands_since(self, moment):
        """Whether consumer and publisher have connected since."""
        return sum(1 for when in list(self.accepted) if when >= moment) >= 2

    # The thread

    def run(self):
        while True:
            while not self.orders.empty():
                self.orders.get()()
            self._turn()

    def _turn(self):
        with selectors.DefaultSelector() as selector:
            selector.register(self.listener, selectors.EVENT_READ)
            wanted = collections.defaultdict(int)
            for pair in self.pairs:
                for way in pair:
                    if way.is_open and not way.is_swallowed:
                        if way.pending:
                            wanted[way.sink] |= selectors.EVENT_WRITE
                        else:
                            wanted[way.source] |= selectors.EVENT_READ
            for end, events in wanted.items():
                selector.register(end, events)
            ready = {key.fileobj: events for key, events in selector.select(0.02)}
        if self.listener in ready:
            self._accept()
        for pair in list(self.pairs):
            try:
                for way in pair:
                    if way.is_open and not way.is_swallowed:
                        self._carry(way, ready)
            except OSError:
                self._close(pair)
                continue
            if not any(way.is_open for way in pair):
                self._close(pair)

    def _accept(self):
        client, _ = self.listener.accept()
        try:
            server = socket.create_connection(("127.0.0.1", self.target), timeout=2)
        except OSError:
            client.close()
            return
        for end in (client, server):
            end.setblocking(False)
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        pair = [Way(client, server, TO_SERVER), Way(server, client, TO_CLIENT)]
        for way in pair:
            way.is_swallowed = way.direction in self.holes
        self.pairs.append(pair)
        if not self.holes:
            self.accepted.append(time.time())

    @staticmethod
    def _carry(way, ready):
        if not way.pending and ready.get(way.source, 0) & selectors.EVENT_READ:
            way.pending = way.source.recv(65536)
            if not way.pending:
                way.sink.shutdown(socket.SHUT_WR)
                way.is_open = False
                return
        if way.pending:
            try:
                way.pending = way.pending[way.sink.send(way.pending):]
            except BlockingIOError:
                pass

    def _close(self, pair, abruptly=False):
        self.pairs.remove(pair)
        for way in pair:
            if abruptly:
                way.source.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            way.source.close()

    def _reset(self):
        for pair in list(self.pairs):
            self._close(pair, abruptly=True)

    def _swallow(self, directions, new):
        self.holes = set(directions) if new else set()
        for pair in self.pairs:
            for way in pair:
                way.is_swallowed = way.is_swallowed or way.direction in directions

    def _heal(self):
        self.holes = set()
        for pair in list(self.pairs):
            if any(way.is_swallowed for way in pair):
                self._close(pair, abruptly=True)
