def check(values):
    assert len(values) > 3, f"too short: {values}"


assert True
check([1, 2])
