def is_leap_year(year):
    """Tells whether a year is a leap year."""
