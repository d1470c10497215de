import concurrent

try:
    concurrent.futures
except AttributeError as error:
    print(error)
import importlib

print(hasattr(importlib, "machinery"))
import multiprocessing

multiprocessing.pool.ThreadPool
