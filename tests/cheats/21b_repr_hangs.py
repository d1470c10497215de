# 21. A repr that never ends. No case passes.
# exercise: text; styles: all; timeoutMs: 1500
class Bomb:
    def __repr__(self):
        while True:
            pass

    __str__ = __format__ = __repr__


def shout(text):
    return Bomb()


vowels = initials = shout
