# expect: status=ok output=clean
# claim: F62 — objects that every interpreter shares, changed in memory by one run, are as new in the next
problems = []
if 100 + 100 != 199 + 1 or str(100 + 100) != "20" + "0":
    problems.append("number")
if "".join(["s", "p", "a", "m"]) != "spam" or list("spam") != ["s", "p", "a", "m"]:
    problems.append("text")
if b"a"[0] != 97:
    problems.append("bytes")
print("HOLE: " + ", ".join(problems) if problems else "clean")
