assert to_fahrenheit(100) == 212
assert to_fahrenheit(36.6) == 97.9
assert to_celsius(212) == 100
assert to_celsius(0) == -17.8
assert to_fahrenheit(-40) == -40 and to_celsius(-40) == -40
assert convert(100, "C") == "212.0 F"
assert convert(50, "F") == "10.0 C"
assert convert(32, "f") == "0.0 C"
assert convert(36.6, "c") == "97.9 F"
assert convert(1, "K") is None
