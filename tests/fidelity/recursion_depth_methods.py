class Tree:
    def __init__(self, left=None):
        self.left = left

    def height(self):
        return 1 + (self.left.height() if self.left else 0)

    def __repr__(self):
        return f"Tree({self.left!r})"


def build(n):
    tree = None
    for _ in range(n):
        tree = Tree(tree)
    return tree


for n in (100, 900, 985, 990, 995, 997, 998, 999, 1000, 1001):
    try:
        print(n, build(n).height())
    except RecursionError as error:
        print(n, error)
