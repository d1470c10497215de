def raised(call, *args):
    try:
        call(*args)
    except Exception as error:
        return error
    return None


assert withdraw(10, 4) == 6
assert str(raised(withdraw, 1, 6)) == "5 more needed"
assert isinstance(raised(withdraw, 1, 6), ValueError) and raised(withdraw, 1, 6).missing == 5
assert type(raised(withdraw, 1, 2)) is starter.InsufficientFunds and withdraw(5, 4) == 1
assert raised(parse_age, "-3").args == ("an age is not negative",)
assert parse_age("41") == 41
