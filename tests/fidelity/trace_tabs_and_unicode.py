def größe(werte):
	return [wert["länge"] for wert in werte]


print(größe([{"länge": 1}]))
print("日本語", größe([{"länge": 2}, {"breite": 2}]))
