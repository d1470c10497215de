# status: tests_failed
# fails: test_new_tags_each_time
def count_vowels(text):
    return sum(1 for letter in text if letter in "aeiouAEIOU")


def longest(words):
    best = ""
    for word in words:
        if len(word) > len(best):
            best = word
    return best


def without_short(words, least):
    return [word for word in words if len(word) >= least]


def add_tag(tag, tags=[]):
    tags.append(tag)
    return tags
