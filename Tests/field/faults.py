"""What can be done to a pool of workers, its broker, its network and Azure."""

import signal
import time

from .proxy import BOTH, TO_CLIENT, TO_SERVER


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


# Kind, and its share of all faults.
KINDS = [(Kill(), 8), (Terminate(), 3), (Freeze(), 4), (Reset(), 3), (BlackHole(), 3), (Deaf(), 2), (Mute(), 2),
         (Partition(), 2), (BrokerRestart(), 1), (BrokerKill(), 1), (MemoryAlarm(), 1), (AzureStorm(), 3)]
# What goes wrong in Azure all the time, by probability of a call.
DRIZZLE = [{"fault": "answerLost", "when": "afterWork", "probability": 0.01}, {"fault": "error503", "probability": 0.01},
           {"fault": "throttle", "retryAfter": 1, "probability": 0.005}, {"fault": "reset", "probability": 0.005},
           {"fault": "slow", "milliseconds": 1500, "probability": 0.02}]
