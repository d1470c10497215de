"""
>>> from starter import countdown, running
>>> list(countdown(3))
[3, 2, 1]
>>> for total in running([1, 2, 3]):
...     print(total)
1
3
6
"""
