def count_vowels(text):
    """Returns the number of vowels, small and capital, in a text."""
    count = 0
    for letter in text:
        if letter in "aeiou":
            count += 1
    return count


def longest(words):
    """Returns the first of the longest words, "" without any."""
    best = ""
    for word in words:
        if len(word) >= len(best):
            best = word
    return best


def without_short(words, least):
    """Returns the list of words that have at least some letters."""
    for word in words:
        if len(word) < least:
            words.remove(word)
    return words


def add_tag(tag, tags=[]):
    """Returns the tags with one more at the end."""
    tags.append(tag)
    return tags
