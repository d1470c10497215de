def factorial(n):
    """Returns the product of all whole numbers from 1 to n."""
