def to_fahrenheit(celsius):
    """Returns degrees Celsius as degrees Fahrenheit."""


def to_celsius(fahrenheit):
    """Returns degrees Fahrenheit as degrees Celsius."""


def convert(value, unit):
    """Returns a text with the value in the other unit, such as "212.0 F"."""
