# -*- coding: latin-1 -*-
print("the mark and the cookie disagree")
