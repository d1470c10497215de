total = 0
for i in range(300_000):
    total += i * i % 7
print(total)
primes = [n for n in range(2, 2000) if all(n % d for d in range(2, int(n**0.5) + 1))]
print(len(primes), primes[-3:])
grid = [["#" if (x * y) % 3 else "." for x in range(20)] for y in range(5)]
print("\n".join("".join(row) for row in grid))
print(2**3000 % 10**9, len(str(3**5000)), sorted(str(n) for n in range(12)))
