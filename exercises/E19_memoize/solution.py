def memoize(function):
    """Returns a function that remembers its results."""
    results = {}

    def remembering(*args):
        if args not in results:
            results[args] = function(*args)
        return results[args]

    return remembering
