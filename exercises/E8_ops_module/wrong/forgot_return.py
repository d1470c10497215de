# status: tests_failed
# fails: test_each_operator
def add(a, b):
    return a + b


def subtract(a, b):
    return a - b


def multiply(a, b):
    return a * b


def divide(a, b):
    if b != 0:
        return a / b


def calculate(a, operator, b):
    if operator == "+":
        add(a, b)
    elif operator == "-":
        subtract(a, b)
    elif operator == "*":
        multiply(a, b)
    elif operator == "/":
        divide(a, b)
    else:
        return None
