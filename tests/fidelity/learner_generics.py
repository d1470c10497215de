# requires: 3.12
type Pair[T] = tuple[T, T]


class Stack[T]:
    def __init__(self) -> None:
        self.items: list[T] = []

    def push(self, item: T) -> "Stack[T]":
        self.items.append(item)
        return self


def first[T](pair: Pair[T]) -> T:
    return pair[0]


print(Pair, Stack[int], first((1, 2)), Stack().push(3).items, f"{'nested ' + f"{'quotes'}"}")
print(Stack.__type_params__, first.__type_params__, Pair.__value__)
