import collections
import traceback

length_of_list = 3


class Point:
    def __init__(self):
        self.horizontal = 1

    def method(self):
        print(horizontal)


for action in (lambda: lenght_of_list, lambda: Point().horizontl, lambda: collections.OrderdDict, lambda: prnt(1), Point().method):
    try:
        action()
    except Exception:
        traceback.print_exc()
import maths
