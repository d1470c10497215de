import sys

seen = []
sys.addaudithook(lambda name, rest: seen.append(name) if name in ("open", "compile", "exec", "import") else None)
open("main.py").close()
exec("pass")
print([name for name in seen if name != "import"][:4])
