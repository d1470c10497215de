import json


def read(*results):
    answer = report(json.dumps(results))
    assert isinstance(answer, str), "a report is a text"
    return json.loads(answer)


def test_two():
    expected = {"count": 2, "average": 9.5, "best": "Ann"}
    assert read({"name": "Ann", "points": 12}, {"name": "Bob", "points": 7}) == expected


def test_without_points():
    expected = {"count": 3, "average": 6.3, "best": "Ann"}
    assert read({"name": "Ann", "points": 12}, {"name": "Bob", "points": 7}, {"name": "Cy"}) == expected


def test_the_first_of_the_best():
    assert read({"name": "Bob", "points": 5}, {"name": "Ann", "points": 5})["best"] == "Bob"


def test_nobody():
    assert read() == {"count": 0, "average": 0, "best": None}


def test_names_in_other_alphabets():
    assert read({"name": "Zoë", "points": 1})["best"] == "Zoë"
