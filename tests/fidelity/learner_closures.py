import functools


def counter():
    count = 0

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def logged(function):
    @functools.wraps(function)
    def wrapper(*values, **named):
        print("call", function.__name__, values, named)
        return function(*values, **named)

    return wrapper


@logged
def greet(name, *, greeting="Hello"):
    """Greets."""
    return f"{greeting}, {name}!"


step = counter()
step()
print(step(5), fib(80), fib.cache_info(), greet("Ada", greeting="Hi"), greet.__name__, greet.__doc__)
print([f() for f in [lambda: i for i in range(3)]], functools.reduce(lambda a, b: a * b, range(1, 6)))
print(greet.__wrapped__.__code__.co_varnames, greet.__wrapped__.__kwdefaults__, step.__closure__[0].cell_contents)
greet()
