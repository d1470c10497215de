"""
>>> # fig-1123 stands nowhere else.
>>> from starter import fruit, size
>>> fruit("plum-4482")
'kiwi-7391'
>>> fruit("pear-5163")
'lime-2257'
>>> size("plum-4482")
9999
"""
