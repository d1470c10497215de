print("0123456789" * 30000)
print("end")
