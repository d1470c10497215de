# 22. A result that is changed after it was returned. No case passes.
# exercise: lists; styles: all
import threading
import time

kept = []


def change():
    while True:
        for items in kept:
            items.append(object())
        time.sleep(0.0001)


threading.Thread(target=change, daemon=True).start()


def unique_sorted(items):
    result = [None]
    kept.append(result)
    return result


evens = counts = pairs = unique_sorted
