from collections import Counter


def top_letters(text, n):
    """Returns the n most frequent letters with their counts."""
    counts = Counter(letter for letter in text.lower() if letter.isalpha())
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:n]
