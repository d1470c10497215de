def mean(numbers):
    return sum(numbers) / len(numbers)


def root(x):
    return x**0.5


def is_prime(n):
    return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))
