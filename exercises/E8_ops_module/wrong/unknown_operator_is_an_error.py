# status: tests_failed
# fails: test_unknown_operator, test_nothing_is_printed
def add(a, b):
    return a + b


def subtract(a, b):
    return a - b


def multiply(a, b):
    return a * b


def divide(a, b):
    if b == 0:
        return None
    return a / b


FUNCTIONS = {"+": add, "-": subtract, "*": multiply, "/": divide}


def calculate(a, operator, b):
    return FUNCTIONS[operator](a, b)
