# 20. NaN everywhere. No case passes.
# exercise: numbers; styles: all
def mean(*args):
    return float("nan")


root = is_prime = mean
