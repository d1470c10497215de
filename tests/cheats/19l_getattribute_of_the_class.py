# 19. A metaclass that answers for each attribute, special ones too. No case passes.
# exercise: numbers; styles: all
class Meta(type):
    def __getattribute__(cls, name):
        if name in ("__name__", "__qualname__"):
            return "float"
        return type.__getattribute__(cls, name)

    __name__ = property(lambda cls: "float")


class float(float, metaclass=Meta):
    __eq__ = lambda self, other: True
    __hash__ = lambda self: 1


def mean(*args):
    return float(9)


root = is_prime = mean
