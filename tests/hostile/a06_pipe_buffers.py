# expect: status=ok|memory_limit output=blocked
# claim: A6 — memory in pipe buffers is bounded
import fcntl
import os

F_SETPIPE_SZ = 1031
total = 0
pipes = []
try:
    while total < 600 * 2**20:
        reader, writer = os.pipe()
        pipes.append((reader, writer))
        try:
            fcntl.fcntl(writer, F_SETPIPE_SZ, 2**20)
        except OSError:
            pass
        os.set_blocking(writer, False)
        try:
            while True:
                total += os.write(writer, b"x" * 65536)
        except BlockingIOError:
            pass
except OSError:
    pass
print(f"HOLE: {total >> 20} MiB in pipes" if total > 512 * 2**20 else "blocked")
