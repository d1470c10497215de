from starter import BankError, parse_age, withdraw

assert_count = 0
try:
    withdraw(1, 6)
except BankError as error:
    if error.missing != 5 or str(error) != "5 more needed":
        raise Exception("a wrong error")
else:
    raise Exception("no error")
if withdraw(10, 4) != 6 or parse_age("41") != 41:
    raise Exception("a wrong value")
print("OK")
