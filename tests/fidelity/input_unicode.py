# stdin: größe\n日本\n🎉\n
for _ in range(3):
    text = input()
    print(text, len(text), text.encode())
