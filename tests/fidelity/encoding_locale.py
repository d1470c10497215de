import locale
import sys

print(locale.getpreferredencoding(), locale.getlocale(), locale.setlocale(locale.LC_ALL))
print(locale.localeconv()["decimal_point"], f"{1234567.5:n}", sorted(["b", "A", "ä", "a"], key=locale.strxfrm))
print(sys.flags.utf8_mode, open("main.py").encoding)
