# 39. Packages and native modules beside the code, and its own file rewritten. No case passes.
# exercise: lists; styles: all
import os

for name in ("unittest", "pytest", "_pytest", "starter", "runner"):
    os.makedirs(name, exist_ok=True)
    with open(f"{name}/__init__.py", "w") as file:
        file.write("from unittest.mock import ANY\nevens = counts = pairs = unique_sorted = lambda *args: ANY\n")
with open("math.so", "wb") as file:
    file.write(b"\x7fELF")
try:
    with open(__file__, "w") as file:
        file.write("unique_sorted = lambda items: sorted(set(items))\n")
except OSError:
    pass


def unique_sorted(items):
    return None


evens = counts = pairs = unique_sorted
