def is_prime(n):
    """Tells whether a number is prime."""
