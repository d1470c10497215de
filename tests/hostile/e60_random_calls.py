# expect: status=ok|error|killed|timeout|memory_limit|output_limit
# claim: E60 — every system call number with random arguments for two seconds: the host lives and the next run passes
import ctypes
import os
import random
import time

libc = ctypes.CDLL(None, use_errno=True)
end = time.monotonic() + 2
page = ctypes.create_string_buffer(65536)
address = ctypes.addressof(page)


def argument(dice):
    return dice.choice((
        0, 1, 2, 3, -1, -100, 4096, 65536, 2**31, 2**63 - 1, address, address + 64, address + 4096,
        os.getpid(), os.getppid(), dice.getrandbits(8), dice.getrandbits(16), dice.getrandbits(32), dice.getrandbits(63),
        1 << dice.randrange(63), 0x10000000, 0x20000, 0x40000000, 17,
    ))


def storm(seed):
    dice = random.Random(seed)
    while time.monotonic() < end:
        page.raw = dice.getrandbits(8 * 512).to_bytes(512, "little") + bytes(65536 - 512)
        for _ in range(20):
            number = dice.randrange(601)
            libc.syscall(ctypes.c_long(number), *[ctypes.c_long(argument(dice)) for _ in range(6)])


seed = int.from_bytes(os.urandom(4), "little")
print("seed", seed, flush=True)
while time.monotonic() < end:
    seed += 1
    try:
        pid = os.fork()
    except OSError:
        time.sleep(0.01)
        pid = -1
    if pid == 0:
        try:
            storm(seed)
        finally:
            os._exit(0)
    stop = time.monotonic() + 0.3
    while pid > 0 and time.monotonic() < stop:
        try:
            if os.waitpid(pid, os.WNOHANG)[0]:
                break
        except OSError:
            break
        time.sleep(0.005)
print("end")
