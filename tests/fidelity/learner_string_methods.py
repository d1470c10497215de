text = "  The Quick brown\tfox\n"
print(text.split(), text.strip().partition(" "), "a,b,,c".split(","), "x".join("abc"), "abc"[::-1], "ß".upper(), "İ".lower().encode())
print("%s %5d %-5d| %x %e" % ("a", 42, 42, 255, 12345.678), f"{3.14159:.3f} {'mid':*^9} {42:08b} {1_000_000:_}", f"{text!r:.10}", f"{1 + 1 = }")
print("abc".center(9, "-"), "a".isalpha(), "1²".isdigit(), "1".isdecimal(), "tab\tbed".expandtabs(4), "line\nfeed\r\nx".splitlines(), "x" * 0 == "")
print(str(b"ab"), repr("it's"), repr('say "hi"'), repr("both ' and \""), "\N{SNOWMAN} \x41 \u00e9 \101", r"\n", b"\x00\xff", ascii("é"))
"abc".nothing()
