"""
>>> import builtins, starter
>>> builtins.input = lambda prompt="": "Ada"
>>> name = starter.greet()
Hello, Ada!
>>> name
'Ada'
"""
