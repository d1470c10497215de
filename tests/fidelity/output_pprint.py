import pprint
import textwrap

data = {"name": "Ada", "languages": ["english", "french"], "nested": {"a": list(range(30)), "b": ("x",) * 3}}
pprint.pprint(data)
pprint.pprint(data, width=40, depth=2, sort_dicts=False)
print(textwrap.fill("the quick brown fox jumps over the lazy dog " * 3, 40))
