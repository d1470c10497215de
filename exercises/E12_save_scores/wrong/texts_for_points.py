# status: tests_failed
# fails: test_read_again, test_names_of_two_words
def save_scores(path, scores):
    with open(path, "w") as file:
        for name, points in scores.items():
            file.write(f"{name}:{points}\n")


def load_scores(path):
    scores = {}
    try:
        with open(path) as file:
            for line in file:
                name, points = line.strip().split(":")
                scores[name] = points
    except FileNotFoundError:
        pass
    return scores
