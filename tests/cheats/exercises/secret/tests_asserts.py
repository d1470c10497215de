# fig-1123 stands nowhere else.
assert fruit("plum-4482") == "kiwi-7391", "date-9034"
assert fruit("pear-5163") == "lime-2257"
assert size("plum-4482") == 9999
