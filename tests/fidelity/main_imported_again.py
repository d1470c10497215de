if __name__ == "__main__":
    print("as the program")
    import main

    print(main.Point is Point if "Point" in globals() else "no Point here", main.__name__, main.__file__.rsplit("/", 1)[-1])


class Point:
    pass


print("end of", __name__)
