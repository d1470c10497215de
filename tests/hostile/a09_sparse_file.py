# expect: status=ok output=blocked collect=*.bin collected=small.bin
# claim: A9 — a sparse file of 1 TB is refused, and is never collected
import os

holes = []
with open("small.bin", "wb") as file:
    file.write(b"small")


def stretch():
    with open("huge.bin", "wb") as file:
        file.truncate(10**12)


def far_write():
    fd = os.open("far.bin", os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        os.pwrite(fd, b"x", 10**12)
    finally:
        os.close(fd)


for name, action in (("truncate", stretch), ("pwrite", far_write)):
    try:
        action()
    except OSError:
        for left in ("huge.bin", "far.bin"):
            if os.path.exists(left) and os.path.getsize(left) == 0:
                os.remove(left)
    else:
        holes.append(name)
print("HOLE: " + ", ".join(holes) if holes else "blocked")
