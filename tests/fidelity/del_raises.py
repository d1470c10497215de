class Last:
    def __repr__(self):
        return "<last words>"

    def __get__(self, thing, owner):
        return self

    def __call__(self):
        raise ValueError("in del")


class Thing:
    __del__ = Last()


thing = Thing()
del thing
print("went on")
