class Meta(type):
    def __new__(cls, name, bases, space):
        if "required" not in space:
            raise TypeError(f"{name} lacks required")
        return super().__new__(cls, name, bases, space)


class Good(metaclass=Meta):
    required = True


class Bad(metaclass=Meta):
    pass
