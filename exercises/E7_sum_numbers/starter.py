def sum_numbers(text):
    """Returns the sum of the numbers in a text, one on each line."""
