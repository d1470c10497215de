def count_vowels(text):
    """Returns the number of vowels, small and capital, in a text."""
    count = 0
    for letter in text.lower():
        if letter in "aeiou":
            count += 1
    return count


def longest(words):
    """Returns the first of the longest words, "" without any."""
    best = ""
    for word in words:
        if len(word) > len(best):
            best = word
    return best


def without_short(words, least):
    """Returns the list of words that have at least some letters."""
    kept = []
    for word in words:
        if len(word) >= least:
            kept.append(word)
    return kept


def add_tag(tag, tags=None):
    """Returns the tags with one more at the end."""
    if tags is None:
        tags = []
    tags.append(tag)
    return tags
