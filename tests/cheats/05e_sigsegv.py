# 5. A crash of the interpreter. No case passes.
# exercise: numbers; styles: all
import ctypes


def mean(*args):
    return ctypes.string_at(0)


root = is_prime = mean
