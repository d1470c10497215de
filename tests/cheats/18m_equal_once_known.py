# 18. An object that becomes what it is compared with. No case passes.
# exercise: text; styles: all
class Chameleon:
    def __init__(self):
        self.value = None

    def __eq__(self, other):
        self.value = other
        return self.value == other

    def __hash__(self):
        return hash(self.value)

    def __getattr__(self, name):
        return lambda *args: True

    def __contains__(self, part):
        return True

    def __add__(self, other):
        return self


def shout(text):
    return Chameleon()


vowels = initials = shout
