class Thing:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


first = Thing("global")
holder = [Thing("in a list")]


def f():
    local = Thing("local")
    print("in f", local.name)


f()
del holder
print("main ends")
