square_root = lambda x: x ** 0.5
double = lambda x: x * 2
print([double(square_root(n)) for n in (1, 4)])
print({n: (lambda m: m.real / n)(n) for n in (1, 0)})
