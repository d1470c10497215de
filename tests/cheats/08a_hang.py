# 8. Each call hangs. No case passes, and the answer comes within the limit.
# exercise: numbers; styles: all; timeoutMs: 1500
def mean(*args):
    while True:
        pass


root = is_prime = mean
