def roman(number):
    """Returns a number as a Roman numeral."""
