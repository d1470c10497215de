# 18. An object that equals everything. No case passes.
# exercise: numbers; styles: all
class Liar:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __hash__(self):
        return 0


def mean(*args):
    return Liar()


root = is_prime = mean
