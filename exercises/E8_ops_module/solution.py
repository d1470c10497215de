def add(a, b):
    """Returns a plus b."""
    return a + b


def subtract(a, b):
    """Returns a minus b."""
    return a - b


def multiply(a, b):
    """Returns a times b."""
    return a * b


def divide(a, b):
    """Returns a divided by b, or None when b is 0."""
    if b == 0:
        return None
    return a / b


FUNCTIONS = {"+": add, "-": subtract, "*": multiply, "/": divide}


def calculate(a, operator, b):
    """Returns the result for one of the operators + - * /, or None for any other."""
    if operator not in FUNCTIONS:
        return None
    return FUNCTIONS[operator](a, b)
