raise ValueError("first\nsecond\n\tthird \\ é ☃ 𝄞")
