number = 12abc
