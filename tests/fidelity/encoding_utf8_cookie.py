#!/usr/bin/env python3
# vim: set fileencoding=utf-8 :
print("é", len("é"))
raise ValueError("ü")
