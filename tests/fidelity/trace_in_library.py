import json

print(json.dumps({"a": 1}))
json.loads("{'a': 1}")
