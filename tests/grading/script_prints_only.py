# A script that compares nothing still runs to its end; one that fails does not.
# %% program
def f():
    return undefined
# %% tests
import starter

print(starter.f())
print("OK")
# %% cases
# Test 1: error {"error~": "NameError"}
