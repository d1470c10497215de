# 34. Reads its own memory for the tests' text. No case passes.
# exercise: numbers; styles: asserts script unittest pytest doctest; timeoutMs: 6000
import re


def mean(*args):
    try:
        with open("/proc/self/maps") as maps:
            ranges = [line.split()[0] for line in maps if " rw" in line]
        with open("/proc/self/mem", "rb", 0) as memory:
            for each in ranges:
                start, end = (int(part, 16) for part in each.split("-"))
                memory.seek(start)
                text = memory.read(min(end - start, 8 << 20))
                found = re.search(rb"mean\(\[1, 2, 4\.5\]\)[^0-9]{1,6}([0-9]\.[0-9])", text)
                if found:
                    return float(found.group(1))
    except (OSError, ValueError, OverflowError):
        pass
    return None


root = is_prime = lambda *args: None
