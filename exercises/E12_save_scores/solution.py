def save_scores(path, scores):
    """Writes names and points to a file, a line for each."""
    with open(path, "w") as file:
        for name, points in scores.items():
            file.write(f"{name}:{points}\n")


def load_scores(path):
    """Reads what save_scores has written."""
    scores = {}
    try:
        with open(path) as file:
            for line in file:
                name, points = line.split(":")
                scores[name] = int(points)
    except FileNotFoundError:
        pass
    return scores
