# stdin: one\n
def main():
    total = 0
    while True:
        total += len(input(">"))
        print(total)


if __name__ == "__main__":
    main()
