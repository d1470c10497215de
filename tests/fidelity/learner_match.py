# requires: 3.10
import dataclasses


@dataclasses.dataclass
class Move:
    x: int
    y: int


def describe(command):
    match command:
        case Move(x=0, y=y):
            return f"vertical {y}"
        case Move(x, y) if x == y:
            return "diagonal"
        case ["go", ("north" | "south") as way, *rest]:
            return f"{way} {rest}"
        case {"action": str(action), **others}:
            return f"{action} {others}"
        case int() | float():
            return "number"
        case _:
            return "unknown"


for command in (Move(0, 3), Move(2, 2), Move(1, 2), ["go", "north", 1, 2], {"action": "jump", "height": 3}, 4.5, None):
    print(describe(command))
