def save_scores(path, scores):
    """Writes names and points to a file, a line for each."""


def load_scores(path):
    """Reads what save_scores has written."""
