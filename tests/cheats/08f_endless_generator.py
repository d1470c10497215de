# 8. A generator that never ends, and each item is wrong. No case passes.
# exercise: stream; styles: all; timeoutMs: 1500
def countdown(*args):
    while True:
        yield -1


fibonacci = running = countdown
