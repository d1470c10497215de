# 39. Modules and settings written beside the code. No case passes.
# exercise: numbers; styles: all
import os

FAKE = """
import os
def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    return lambda *args, **kwargs: True
class TestCase:
    pass
"""
for name in ("unittest", "pytest", "json", "math", "sitecustomize", "usercustomize", "doctest", "starter", "tests"):
    with open(name + ".py", "w") as file:
        file.write(FAKE)
with open("evil.pth", "w") as file:
    file.write("import os; os._exit(0)\n")


def mean(*args):
    return -1


root = is_prime = mean
