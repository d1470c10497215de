import cmath
import decimal
import fractions
import math
import statistics

print(0.1 + 0.2, round(2.5), round(-1.5), 7 // -2, 7 % -2, divmod(-7, 2), 2**100, 1e308 * 10, -0.0)
print(decimal.Decimal("0.1") + decimal.Decimal("0.2"), decimal.Decimal(1) / 3, decimal.getcontext().prec)
print(fractions.Fraction(3, 6), fractions.Fraction("0.125"), fractions.Fraction(0.1).limit_denominator(100))
print(statistics.mean([1, 2, 4]), statistics.median([3, 1, 2, 10]), statistics.stdev([1, 2, 3, 4]))
print(math.factorial(20), math.gcd(12, 18), math.isclose(0.1 + 0.2, 0.3), math.pi, cmath.sqrt(-1), (1 + 2j) * 3j, int("ff", 16), bin(10), f"{255:#x} {1e6:,.2f} {0.5:.1%}")
math.sqrt(-1)
