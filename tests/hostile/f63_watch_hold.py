# expect: status=ok output=held
# claim: F63 — what one run does in its folders raises no event in another
import os
import time

end = time.monotonic() + 2
while time.monotonic() < end:
    for folder in (".", "/tmp", "/dev/shm"):
        try:
            path = os.path.join(folder, "watched")
            open(path, "w").close()
            os.remove(path)
        except OSError:
            pass
    time.sleep(0.01)
print("held")
