# fig-1123 stands nowhere else.
from starter import fruit, size

if fruit("plum-4482") != "kiwi-7391":
    raise Exception("kiwi-7391 was expected")
if fruit("pear-5163") != "lime-2257" or size("plum-4482") != 9999:
    print("it is lime-2257")
    raise SystemExit("date-9034")
print("OK")
