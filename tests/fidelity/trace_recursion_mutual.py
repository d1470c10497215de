def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


print(even(100))
try:
    even(10**6)
except RecursionError as error:
    print(type(error).__name__)
even(-1)
