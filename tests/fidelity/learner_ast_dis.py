import ast
import dis
import io
import tokenize

print(ast.dump(ast.parse("x = 1 + 2")), ast.literal_eval("{'a': [1, (2,)]}"), ast.unparse(ast.parse("a=b if c else d")))
dis.dis("a + b")
print([token.string for token in tokenize.generate_tokens(io.StringIO("x = 1").readline)])
ast.literal_eval("{1: 2")
