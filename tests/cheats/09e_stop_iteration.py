# 9. StopIteration where it ends a loop of the tests. No case passes.
# exercise: numbers; styles: all
def mean(*args):
    raise StopIteration


root = is_prime = mean
