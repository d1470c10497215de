# stdin: 1\n2\n9\n0\n
def menu():
    actions = {"1": lambda: print("one"), "2": lambda: print("two")}
    while (choice := input("? ")) != "0":
        actions.get(choice, lambda: print("unknown", choice))()
    print("bye")


if __name__ == "__main__":
    menu()
