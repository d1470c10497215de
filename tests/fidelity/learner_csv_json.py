import csv
import io
import json

rows = [{"name": "Ada", "age": 36, "city": 'Lon"don'}, {"name": "Bob, Jr.", "age": 41, "city": "Zürich\nWest"}]
with open("people.csv", "w", newline="") as file:
    writer = csv.DictWriter(file, ["name", "age", "city"])
    writer.writeheader()
    writer.writerows(rows)
print(repr(open("people.csv", newline="").read()))
print(list(csv.DictReader(open("people.csv", newline="")))[1]["city"])
print(json.dumps(rows, indent=2, ensure_ascii=False, sort_keys=True))
print(json.loads('[1, 2.5, true, null, "\\u00e9", {"a": NaN}]'))
json.dump({(1, 2): 3}, io.StringIO())
