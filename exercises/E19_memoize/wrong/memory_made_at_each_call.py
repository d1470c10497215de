# status: tests_failed
# fails: test_called_once, test_several_arguments, test_none_is_remembered
def memoize(function):
    def remembering(*args):
        results = {}
        if args not in results:
            results[args] = function(*args)
        return results[args]

    return remembering
