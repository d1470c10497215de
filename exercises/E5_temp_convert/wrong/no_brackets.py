# status: tests_failed
# fails: Test 3, Test 5, Test 7, Test 8
def to_fahrenheit(celsius):
    return round(celsius * 9 / 5 + 32, 1)


def to_celsius(fahrenheit):
    return round(fahrenheit - 32 * 5 / 9, 1)


def convert(value, unit):
    if unit in "Cc":
        return f"{to_fahrenheit(value):.1f} F"
    if unit in "Ff":
        return f"{to_celsius(value):.1f} C"
