# status: tests_failed
# fails: test_without_points
import json


def report(text):
    results = json.loads(text)
    points = [result["points"] for result in results]
    average = round(sum(points) / len(points), 1) if points else 0
    best = results[points.index(max(points))]["name"] if points else None
    return json.dumps({"count": len(results), "average": average, "best": best})
