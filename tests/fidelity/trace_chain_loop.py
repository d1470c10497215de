a = ValueError("a")
b = TypeError("b")
a.__cause__ = b
b.__context__ = a
c = KeyError("c")
c.__context__ = a
raise c from b
