# 34. Looks in /dev/shm, memfds and message queues. No case passes.
# exercise: numbers; styles: all
import glob
import re


def mean(*args):
    for path in glob.glob("/dev/shm/*") + glob.glob("/dev/mqueue/*") + glob.glob("/proc/*/map_files/*"):
        try:
            with open(path, "rb") as file:
                found = re.search(rb"mean\(\[1, 2, 4\.5\]\)[^0-9]{1,6}([0-9.]+)", file.read())
        except OSError:
            continue
        if found:
            return float(found.group(1))
    return None


root = is_prime = lambda *args: None
