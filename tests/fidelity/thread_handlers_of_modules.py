import threading

print(threading._threading_atexits)
threading._register_atexit(print, "before threads are waited for")

import atexit

atexit.register(print, "after")

import concurrent.futures

print(len(threading._threading_atexits))

with concurrent.futures.ThreadPoolExecutor(1) as pool:
    print(pool.submit(sum, [1, 2]).result())

print(len(threading._threading_atexits))


def late():
    try:
        threading._register_atexit(print, "too late")
    except RuntimeError as error:
        print(error)


atexit.register(late)
