# 1. Ends in the middle of an iteration. No case passes.
# exercise: stream; styles: all
import os


def countdown(n):
    yield -1
    print("OK", flush=True)
    os._exit(0)


def fibonacci():
    yield -1
    os._exit(0)


def running(numbers):
    yield -1
    os._exit(0)

