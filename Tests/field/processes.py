"""Programs of this project, measured from outside."""

import os
import subprocess
import threading
import time
import urllib.request

from .common import Wrong

TICK = os.sysconf("SC_CLK_TCK")


class Process:
    """A program of this project."""

    health = None  # where it says that it is ready

    def __init__(self, name, command, directory, **environment):
        self.name = name
        self.log = os.path.join(directory, f"{name}.log")
        with open(self.log, "ab") as log:
            self.popen = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                          env={**os.environ, **environment}, start_new_session=True)

    @property
    def pid(self):
        return self.popen.pid

    def is_ready(self):
        try:
            return urllib.request.urlopen(self.health, timeout=2).status == 200
        except OSError:
            return False

    @property
    def cpu(self):
        """Seconds of CPU so far."""
        return cpu_of(self.popen.pid)

    @property
    def peak_mib(self):
        return self.status("VmHWM") / 1024

    @property
    def sample(self):
        """Resident memory in MiB, open file descriptors, threads."""
        return (self.status("VmRSS") / 1024, len(os.listdir(f"/proc/{self.popen.pid}/fd")), self.status("Threads"))

    def status(self, name):
        with open(f"/proc/{self.popen.pid}/status") as status:
            return int(next(line for line in status if line.startswith(f"{name}:")).split()[1])

    def check(self):
        if self.popen.poll() is not None:
            with open(self.log, errors="replace") as log:
                tail = "".join(log.readlines()[-10:])
            raise Wrong(f"{self.name} ended with {self.popen.returncode}:\n{tail}")
        return True

    def end(self):
        if self.popen.poll() is None:
            self.popen.terminate()
            try:
                self.popen.wait(20)
            except subprocess.TimeoutExpired:
                self.popen.kill()
                self.popen.wait()


def cpu_of(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


class MachineLoad:
    """What the rest of the machine did while something was measured."""

    def __init__(self, *pids):
        self.pids = [os.getpid(), *pids]
        self.began = time.monotonic()
        self.busy, self.own = self.machine_busy(), self.own_cpu()

    @staticmethod
    def machine_busy():
        with open("/proc/stat") as stat:
            user, nice, system, _, _, irq, softirq, steal = map(int, stat.readline().split()[1:9])
        return (user + nice + system + irq + softirq + steal) / TICK

    def own_cpu(self):
        return sum(cpu_of(pid) for pid in self.pids)

    def text(self, ended=0):
        """`ended`: seconds of CPU of a measured process that is gone."""
        seconds = time.monotonic() - self.began
        others = max(0, self.machine_busy() - self.busy - (self.own_cpu() - self.own) - ended) / seconds
        return f"{os.getloadavg()[0]:.1f}; {others:.2f} of {os.cpu_count()} CPUs taken by others"


def wait_for(popen, seconds):
    """The exit code and what the process has used; at once when it is gone."""
    timer = threading.Timer(seconds, popen.kill)
    timer.start()
    _, status, usage = os.wait4(popen.pid, 0)
    timer.cancel()
    popen.returncode = os.waitstatus_to_exitcode(status)
    return popen.returncode, usage
