# status: tests_failed
# fails: test_tag_is_added
def count_vowels(text):
    count = 0
    for letter in text.lower():
        if letter in "aeiou":
            count += 1
    return count


def longest(words):
    best = ""
    for word in words:
        if len(word) > len(best):
            best = word
    return best


def without_short(words, least):
    kept = words.copy()
    for word in words:
        if len(word) < least:
            kept.remove(word)
    return kept


def add_tag(tag, tags=None):
    tags = []
    tags.append(tag)
    return tags
