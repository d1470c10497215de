# 8. A thread that is no daemon keeps the process alive. No case passes.
# exercise: numbers; styles: all; timeoutMs: 1500
import threading
import time

threading.Thread(target=time.sleep, args=(60,)).start()


def mean(*args):
    return -1


root = is_prime = mean
