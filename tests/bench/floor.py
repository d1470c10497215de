"""The floor: what it costs at the least to run a program in a fork of a warmed interpreter.

`floor.py bare|namespaces MODULE…` imports the modules, then answers on its standard output to what comes on its
standard input: `times N` with the microseconds of N runs, `rate SECONDS` with how many it did and in what time. A run is
fork, compile, execute, output read, child reaped, and nothing else: no limits, no filter, no files of its own. With
`namespaces` the child has a new user, pid and mount namespace, as each run of the service has.
"""

import ctypes
import gc
import importlib
import os
import platform
import sys
import time

HELLO = "print('Hello World')"
NEWNS, NEWUSER, NEWPID, SIGCHLD = 0x00020000, 0x10000000, 0x20000000, 17
CLONE = {"x86_64": 56, "aarch64": 220}[platform.machine()]
DETACH, PRIVATE_ALL = 2, 0x44000
libc = ctypes.PyDLL(None)


def thin_mounts():
    """Leaves only the root mounted: a mount namespace costs by what there is to copy, and the service's has little."""
    libc.unshare(NEWNS)
    libc.mount(b"none", b"/", None, PRIVATE_ALL, None)
    with open("/proc/self/mountinfo", "rb") as table:
        places = [line.split()[4] for line in table]
    for place in reversed(places):
        if place != b"/":
            libc.umount2(place, DETACH)


def fork_into_namespaces():
    return libc.syscall(CLONE, NEWUSER | NEWPID | NEWNS | SIGCHLD, 0, 0, 0, 0)


def run(fork, output):
    pid = fork()
    if pid == 0:
        exec(compile(HELLO, "main.py", "exec"), {"__name__": "__main__"})
        sys.stdout.flush()
        os._exit(0)
    if pid < 0:
        os._exit(3)
    text = os.read(output, 100)
    os.waitpid(pid, 0)
    assert text == b"Hello World\n", text


def answer(line, fork, output):
    word, number = line.split()
    clock = time.perf_counter
    if word == "times":
        times = []
        for _ in range(int(number)):
            begun = clock()
            run(fork, output)
            times.append(clock() - begun)
        return " ".join("%.1f" % (1e6 * taken) for taken in times)
    begun, runs = clock(), 0
    while clock() - begun < float(number):
        run(fork, output)
        runs += 1
    return "%d %.6f" % (runs, clock() - begun)


def main():
    for name in sys.argv[2:]:
        importlib.import_module(name)
    fork = os.fork
    if sys.argv[1] == "namespaces":
        thin_mounts()
        fork = fork_into_namespaces
    replies = os.dup(1)
    output, end = os.pipe()
    os.dup2(end, 1)
    gc.collect()
    gc.freeze()
    gc.disable()
    os.write(replies, b"ready\n")
    for line in sys.stdin:
        os.write(replies, (answer(line, fork, output) + "\n").encode())


main()
