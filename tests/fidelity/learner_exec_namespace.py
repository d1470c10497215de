space = {"x": 3}
exec("y = x * 2\ndef f(): return y + 1", space)
print(space["y"], space["f"](), "__builtins__" in space, eval("x + y", space), eval("[n for n in range(3)]"))
code = compile("total = sum(range(5))", "<made>", "exec")
exec(code)
print(total, code.co_filename, code.co_names, locals() is globals())
print(eval("__file__").rsplit("/", 1)[-1], eval("__name__"))
exec("import missing_thing")
