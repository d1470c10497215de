# status: tests_failed
# fails: test_what_was_there_is_gone
def save_scores(path, scores):
    with open(path, "a") as file:
        for name, points in scores.items():
            file.write(f"{name}:{points}\n")


def load_scores(path):
    scores = {}
    try:
        with open(path) as file:
            for line in file:
                name, points = line.split(":")
                scores[name] = int(points)
    except FileNotFoundError:
        pass
    return scores
