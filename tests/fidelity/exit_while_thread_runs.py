import sys
import threading
import time


def work():
    time.sleep(0.2)
    print("thread ends after main")


threading.Thread(target=work).start()
print("main ends")
sys.exit(6)
