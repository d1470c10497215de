# status: tests_failed
# fails: test_upper_and_lower_case
def word_count(text):
    counts = {}
    for word in text.split():
        counts[word] = counts.get(word, 0) + 1
    return counts
