raise ValueError("\udcff \ud83d half a pair")
