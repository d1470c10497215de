# 9. KeyboardInterrupt in a call. No case passes.
# exercise: numbers; styles: all
def mean(*args):
    raise KeyboardInterrupt


root = is_prime = mean
