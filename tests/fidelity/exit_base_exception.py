class Odd(BaseException):
    pass


raise Odd("not an Exception")
