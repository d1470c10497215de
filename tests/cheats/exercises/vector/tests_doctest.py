"""
>>> from starter import Vector
>>> Vector(1, 2) + Vector(3, 4)
Vector(4, 6)
>>> Vector(3, 4).length
5.0
>>> Vector(1, 2) == Vector(2, 1)
False
"""
