class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, thing, owner):
        return self if thing is None else getattr(thing, self.name)

    def __set__(self, thing, value):
        if value <= 0:
            raise ValueError(f"{self.name[1:]} must be positive, not {value}")
        setattr(thing, self.name, value)


class Box:
    __slots__ = ("_width", "__weakref__")
    width = Positive()

    def __init_subclass__(cls, **named):
        print("subclass", cls.__name__, named)


class Special(Box, kind="x"):
    pass


box = Box()
box.width = 3
print(box.width, hasattr(box, "__dict__"), Box.__dict__["width"].name)
try:
    box.height = 1
except AttributeError as error:
    print(type(error).__name__)
box.width = -1
