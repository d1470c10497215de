# 9. A BaseException of its own at import. No case passes.
# exercise: text; styles: all
class Done(BaseException):
    pass


raise Done("OK")
