# 36. Hidden tests: kept, and printed at exit or collected in a file. The answer has nothing of them.
# exercise: secret; styles: all; hide
import atexit
import threading
import time

kept = []


@atexit.register
def tell():
    print(kept, flush=True)
    raise RuntimeError(kept)


def later():
    time.sleep(0.02)
    print(kept, flush=True)


def fruit(text):
    kept.append(text)
    with open("kept.txt", "a") as file:
        file.write(text)
    threading.Thread(target=later).start()
    return None


size = fruit
