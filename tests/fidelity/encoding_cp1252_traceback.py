# coding: cp1252
text = "Ã©"
print(len(text))
raise ValueError(text)
