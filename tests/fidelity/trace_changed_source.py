with open("main.py", "w") as file:
    file.write("# another text\n" * 20)


def f():
    raise ValueError("the source is another")


f()
