import traceback

for source in (
    "1 + 'a'", "'a' + 1", "len(5)", "[1][1]", "{}['k']", "None.x", "(1)(2)", "int('1.5')", "float('x')", "[] < 3", "'abc'['a']",
    "sum(['a'])", "max([])", "range(1.5)", "'%d' % 'x'", "'{}{}'.format(1)", "open('')", "x.y", "print(1)(2)", "(1, 2)[5]",
    "[1, 2].remove(3)", "'a'.index('b')", "next(iter([]))", "int(None)", "chr(-1)", "ord('ab')", "1 // 0", "1 % 0", "0 ** -1", "2.0 ** 10000",
    "bytes([300])", "'é'.encode('ascii')", "import_module", "round('a')", "sorted([1, 'a'])", "dict([1])", "set([[]])", "{[]: 1}", "'a' * 'b'", "-'a'", "not_defined()",
    "(lambda a: a)()", "(lambda a: a)(1, 2)", "(lambda *, k: k)()", "(lambda: 0)(x=1)", "str.join(1, [])", "'-'.join([1])", "isinstance(1, 'a')", "class_", "int.foo", "object().x", "type('A', (int, str), {})",
):
    try:
        eval(source)
    except Exception as error:
        print(source, "->", traceback.format_exception_only(type(error), error)[-1].rstrip().split(" at 0x")[0])
