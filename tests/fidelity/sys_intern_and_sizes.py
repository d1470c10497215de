import sys

print(sys.getsizeof(0), sys.getsizeof(""), sys.getsizeof([]), sys.getsizeof({}), sys.getsizeof(()), sys.getsizeof("é"))
print(sys.intern("abc") is sys.intern("abc"), 256 is int("256"), sys.float_info.max, sys.hash_info.width, sys.int_info.bits_per_digit)
print(sys.getrefcount(object()) <= 2)
