def to_fahrenheit(celsius):
    """Returns degrees Celsius as degrees Fahrenheit."""
    return round(celsius * 9 / 5 + 32, 1)


def to_celsius(fahrenheit):
    """Returns degrees Fahrenheit as degrees Celsius."""
    return round((fahrenheit - 32) * 5 / 9, 1)


def convert(value, unit):
    """Returns a text with the value in the other unit, such as "212.0 F"."""
    unit = unit.upper()
    if unit == "C":
        return f"{to_fahrenheit(value):.1f} F"
    if unit == "F":
        return f"{to_celsius(value):.1f} C"
    return None
