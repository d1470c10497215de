def memoize(function):
    """Returns a function that remembers its results."""
