# expect: status=memory_limit|error
# claim: A22 — a billion laughs in XML: an exception or the memory limit
import xml.etree.ElementTree as tree

lines = ['<!ENTITY a0 "' + "ha" * 100 + '">']
for n in range(1, 12):
    lines.append(f'<!ENTITY a{n} "' + f"&a{n - 1};" * 10 + '">')
root = tree.fromstring("<!DOCTYPE x [" + "".join(lines) + "]><x>&a11;</x>")
print("HOLE:", len(root.text))
