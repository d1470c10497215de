def broken():
    next(iter([]))
    yield 1


list(broken())
