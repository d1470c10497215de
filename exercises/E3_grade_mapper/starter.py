def grade(score):
    """Returns the letter for a score."""
