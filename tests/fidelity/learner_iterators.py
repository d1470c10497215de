class Countdown:
    def __init__(self, start):
        self.start = start

    def __iter__(self):
        n = self.start
        while n:
            yield n
            n -= 1

    def __len__(self):
        return self.start

    def __getitem__(self, index):
        if index >= self.start:
            raise IndexError(index)
        return self.start - index


def averager():
    total, count, mean = 0, 0, None
    while True:
        value = yield mean
        total, count = total + value, count + 1
        mean = total / count


print(list(Countdown(3)), len(Countdown(3)), list(zip(Countdown(2), "ab")), list(enumerate("xy", 1)), 2 in Countdown(3))
mean = averager()
next(mean)
print([mean.send(x) for x in (10, 20, 60)])
first, *rest = Countdown(4)
print(first, rest, any(x > 3 for x in rest), sorted(rest, reverse=True)[::2], list(map(str, rest)), sum(rest, 100))
print([(x, y) for x in range(3) for y in "ab" if x % 2 == 0], {x: x**2 for x in range(3)})
a, b, c = Countdown(2)
