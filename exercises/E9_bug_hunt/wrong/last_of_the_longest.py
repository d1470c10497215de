# status: tests_failed
# fails: test_longest_word, test_first_of_the_longest_words
def count_vowels(text):
    count = 0
    for letter in text.lower():
        if letter in "aeiou":
            count += 1
    return count


def longest(words):
    return sorted(words, key=len)[-1]


def without_short(words, least):
    return [word for word in words if len(word) >= least]


def add_tag(tag, tags=None):
    return (tags or []) + [tag]
