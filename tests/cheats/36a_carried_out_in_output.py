# 36. Hidden tests: prints what it gets and all it finds. The answer has nothing of them.
# exercise: secret; styles: all; hide
import gc
import os
import sys


def fruit(text):
    print(text, "*".join(text), text[::-1], text.encode().hex(), flush=True)
    print(text, file=sys.stderr, flush=True)
    os.write(1, text.encode() + b"\n")
    os.write(2, text.encode() + b"\n")
    for found in gc.get_objects():
        if isinstance(found, (list, tuple)) and any(isinstance(item, str) and "-" in item for item in found):
            print(found)
    return None


size = fruit
