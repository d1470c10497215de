import sys


class Anything:
    def __eq__(self, other):
        print("asked")
        return True


sys.modules["bisect"] = Anything()

import calendar

print(calendar.isleap(2024), type(sys.modules["bisect"]).__name__)

import random
