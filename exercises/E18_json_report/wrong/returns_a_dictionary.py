# status: tests_failed
# fails: test_two, test_without_points, test_the_first_of_the_best, test_nobody, test_names_in_other_alphabets
import json


def report(text):
    results = json.loads(text)
    points = [result.get("points", 0) for result in results]
    average = round(sum(points) / len(points), 1) if points else 0
    best = results[points.index(max(points))]["name"] if points else None
    return {"count": len(results), "average": average, "best": best}
