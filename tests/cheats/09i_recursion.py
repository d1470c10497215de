# 9. Recursion without end, caught and not. No case passes.
# exercise: numbers; styles: all
def mean(*args):
    return mean(*args)


def root(x):
    try:
        return root(x)
    except RecursionError:
        return -1


is_prime = mean
