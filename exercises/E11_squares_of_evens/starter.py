def squares_of_evens(numbers):
    """Returns the squares of the even numbers, in order."""
