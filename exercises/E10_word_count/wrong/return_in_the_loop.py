# status: tests_failed
# fails: test_words_are_counted, test_upper_and_lower_case, test_many_spaces, test_lines, test_no_words
def word_count(text):
    counts = {}
    for word in text.lower().split():
        counts[word] = counts.get(word, 0) + 1
        return counts
