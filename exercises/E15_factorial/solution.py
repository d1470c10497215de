def factorial(n):
    """Returns the product of all whole numbers from 1 to n."""
    if n < 0:
        raise ValueError("a negative number has no factorial")
    if n == 0:
        return 1
    return n * factorial(n - 1)
