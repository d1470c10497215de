# A script with a main function and a main block.
# %% program
def parity(n):
    return "odd" if n % 2 else "even"
# %% tests
import starter


def main():
    for n, expected in {0: "even", 1: "odd", 7: "odd"}.items():
        got = starter.parity(n)
        assert got == expected, (n, got)
    print("OK")


if __name__ == "__main__":
    main()
# %% cases
# Test 1: passed
