import starter

seen = []
for number in starter.countdown(3):
    seen.append(number)
if seen != [3, 2, 1]:
    raise Exception(seen)
g = starter.fibonacci()
first = [next(g) for _ in range(6)]
if first != [0, 1, 1, 2, 3, 5]:
    raise Exception(first)
print("OK")
