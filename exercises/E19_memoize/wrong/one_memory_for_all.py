# status: tests_failed
# fails: test_called_once, test_a_memory_of_its_own, test_none_is_remembered
results = {}


def memoize(function):
    def remembering(*args):
        if args not in results:
            results[args] = function(*args)
        return results[args]

    return remembering
