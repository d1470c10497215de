print("asks")
input("no standard input: ")
