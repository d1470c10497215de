def counting(result=None):
    """A function, and the list of what it was called with."""
    calls = []

    def function(*args):
        calls.append(args)
        return sum(args) if result is None else result[0]

    return function, calls


def test_same_result():
    function, _ = counting()
    remembering = memoize(function)
    assert remembering(4) == 4
    assert remembering(4) == 4


def test_called_once():
    function, calls = counting()
    remembering = memoize(function)
    remembering(4)
    remembering(4)
    assert calls == [(4,)]


def test_other_arguments():
    function, calls = counting()
    remembering = memoize(function)
    assert remembering(1) == 1
    assert remembering(2) == 2
    assert calls == [(1,), (2,)]


def test_several_arguments():
    function, calls = counting()
    remembering = memoize(function)
    assert remembering(1, 2) == 3
    assert remembering(1, 5) == 6
    assert remembering(1, 2) == 3
    assert calls == [(1, 2), (1, 5)]


def test_a_memory_of_its_own():
    one, _ = counting()
    other, calls = counting([99])
    memoize(one)(4)
    assert memoize(other)(4) == 99


def test_none_is_remembered():
    function, calls = counting([None])
    remembering = memoize(function)
    assert remembering(4) is None
    assert remembering(4) is None
    assert calls == [(4,)]
