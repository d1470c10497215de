import os

os.remove("main.py")
print(os.listdir("."))


def f():
    raise ValueError("the source is gone")


f()
