# status: tests_failed
# fails: test_nobody
import json


def report(text):
    results = json.loads(text)
    points = [result.get("points", 0) for result in results]
    best = max(results, key=lambda result: result.get("points", 0))
    return json.dumps({"count": len(points), "average": round(sum(points) / len(points), 1), "best": best["name"]})
