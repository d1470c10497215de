# Among the calls that are asked for at once are one that raises, one that ends the program and one that prints.
# integrity: isolated
# %% program
import os


def f(number):
    if number == 2:
        raise ValueError("no twos")
    if number == 4:
        os._exit(3)
    print("f of", number)
    return number
# %% tests
"""Some of these fail."""
import starter
assert starter.f(1) == 1
assert starter.f(2) == 2
assert starter.f(3) == 3
assert starter.f(4) == 4
assert starter.f(5) == 5
assert starter.f(6) == 7
# %% cases
# Test 1: passed {"output": "f of 1\n"}
# Test 2: error {"error~": "ValueError: no twos"}
# Test 3: passed {"output": "f of 3\n"}
# Test 4: failed {"message~": "exited with code 3"}
# Test 5: passed {"output": "f of 5\n"}
# Test 6: failed {"actual": "6", "output": "f of 6\n"}
