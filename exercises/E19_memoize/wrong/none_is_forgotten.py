# status: tests_failed
# fails: test_none_is_remembered
def memoize(function):
    results = {}

    def remembering(*args):
        result = results.get(args)
        if result is None:
            result = results[args] = function(*args)
        return result

    return remembering
