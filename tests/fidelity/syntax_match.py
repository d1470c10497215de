# requires: 3.10
match 3:
    case x:
        print(x)
    case y:
        print(y)
