print("é ñ ß ☃ 日本 🎉 \u202e \x00 \x1b[31m")
print(ascii("é☃🎉"), repr("\x00\x7f\x80\xa0\u2028\ud800"))
import sys

print("ä", file=sys.stderr)
