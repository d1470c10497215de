import atexit


def again(n):
    print("handler", n)
    if n < 3:
        atexit.register(again, n + 1)


atexit.register(again, 1)
