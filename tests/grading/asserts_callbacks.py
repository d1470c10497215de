# Functions as arguments and results: key functions, closures, decorators, partials.
# %% program
import functools


def apply(f, *args, **kwargs):
    return f(*args, **kwargs)


def compose(f, g):
    return lambda x: f(g(x))


def sort_by(items, key):
    return sorted(items, key=key)


def counter():
    n = 0

    def step(by=1):
        nonlocal n
        n += by
        return n

    return step


def twice(f):
    @functools.wraps(f)
    def inner(*args):
        return f(f(*args))

    return inner


def repeat(times):
    def decorate(f):
        def inner(*args):
            return [f(*args) for _ in range(times)]

        return inner

    return decorate


class Memo:
    def __init__(self, f):
        self.f, self.known = f, {}

    def __call__(self, x):
        if x not in self.known:
            self.known[x] = self.f(x)
        return self.known[x]


def each(items, do):
    for item in items:
        do(item)


add_two = functools.partial(lambda a, b: a + b, 2)


@functools.lru_cache(None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
# %% tests
assert apply(len, [1, 2]) == 2 and apply(max, 1, 5, key=lambda n: -n) == 1
assert apply(lambda a, b: a * b, 3, b=4) == 12
assert compose(str, abs)(-3) == "3"
assert compose(lambda x: x + 1, lambda x: x * 2)(5) == 11
assert sort_by(["bb", "a"], len) == ["a", "bb"] and sort_by([(1, 2), (2, 1)], lambda p: p[1]) == [(2, 1), (1, 2)]
c, d = counter(), counter()
assert [c(), c(), c(10)] == [1, 2, 12] and d() == 1


@twice
def double(n):
    "Twice as much."
    return n * 2


assert double(3) == 12
assert double.__name__ == "double" and double.__doc__ == "Twice as much."
calls = []


@repeat(times=3)
def note(x):
    calls.append(x)
    return len(calls)


assert note("a") == [1, 2, 3] and calls == ["a", "a", "a"]


@Memo
def slow(x):
    calls.append("slow")
    return x * x


assert slow(4) == 16 and slow(4) == 16 and calls.count("slow") == 1
seen = []
each([1, 2], seen.append)
assert seen == [1, 2]
assert add_two(5) == 7 and fib(50) == 12586269025
try:
    apply(lambda: 1 / 0)
    raised = False
except ZeroDivisionError:
    raised = True
assert raised
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: passed
# Test 6: passed
# Test 7: passed
# Test 8: passed
# Test 9: passed
# Test 10: passed
# Test 11: passed
# Test 12: passed
# Test 13: passed
