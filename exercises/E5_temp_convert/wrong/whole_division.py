# status: tests_failed
# fails: Test 2, Test 4, Test 9
def to_fahrenheit(celsius):
    return celsius * 9 // 5 + 32


def to_celsius(fahrenheit):
    return (fahrenheit - 32) * 5 // 9


def convert(value, unit):
    unit = unit.upper()
    if unit == "C":
        return f"{to_fahrenheit(value):.1f} F"
    if unit == "F":
        return f"{to_celsius(value):.1f} C"
    return None
