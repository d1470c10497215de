class Leave(SystemExit):
    def __init__(self):
        super().__init__()
        self.code = 9


raise Leave
