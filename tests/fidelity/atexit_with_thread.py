import atexit
import threading
import time


def work():
    time.sleep(0.1)
    print("thread")


atexit.register(print, "handler after the threads")
threading.Thread(target=work).start()
print("main")
