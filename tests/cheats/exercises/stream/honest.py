def countdown(n):
    while n > 0:
        yield n
        n -= 1


def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def running(numbers):
    total = 0
    for number in numbers:
        total += number
        yield total
