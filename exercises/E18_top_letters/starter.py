from collections import Counter


def top_letters(text, n):
    """Returns the n most frequent letters with their counts."""
