import pickle


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __eq__(self, other):
        return (self.x, self.y) == (other.x, other.y)


def double(x):
    return 2 * x


data = pickle.dumps([Point(1, 2), double, Point])
print(b"__main__" in data, len(data))
back = pickle.loads(data)
print(back[0] == Point(1, 2), back[1] is double, back[2] is Point)
try:
    pickle.dumps(lambda: 0)
except Exception as error:
    print(type(error).__name__)
