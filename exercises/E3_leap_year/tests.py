assert is_leap_year(2024) is True
assert is_leap_year(4) is True
assert is_leap_year(2023) is False
assert is_leap_year(2022) is False
assert is_leap_year(1900) is False
assert is_leap_year(2100) is False
assert is_leap_year(2000) is True
assert is_leap_year(1600) is True
