# status: tests_failed
# fails: Test 8, Test 9
def to_fahrenheit(celsius):
    return round(celsius * 9 / 5 + 32, 1)


def to_celsius(fahrenheit):
    return round((fahrenheit - 32) * 5 / 9, 1)


def convert(value, unit):
    if unit == "C":
        return f"{to_fahrenheit(value):.1f} F"
    if unit == "F":
        return f"{to_celsius(value):.1f} C"
    return None
