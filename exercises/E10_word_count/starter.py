def word_count(text):
    """Returns how often each word stands in the text."""
