print(copyright)
print(license)
print(credits)
