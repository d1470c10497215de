"""
>>> import starter
>>> starter.shout("hey")
'HEY!'
>>> starter.vowels("banana")
3
>>> print(starter.initials("Ada Lovelace"))
AL
"""
