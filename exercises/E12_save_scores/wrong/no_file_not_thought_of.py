# status: tests_failed
# fails: test_no_file
def save_scores(path, scores):
    with open(path, "w") as file:
        for name, points in scores.items():
            print(name, points, sep=":", file=file)


def load_scores(path):
    with open(path) as file:
        return {line.split(":")[0]: int(line.split(":")[1]) for line in file}
