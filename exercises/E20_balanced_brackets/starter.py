def is_balanced(text):
    """Returns whether the brackets of a text fit."""
