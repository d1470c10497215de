import signal

signal.signal(signal.SIGUSR2, lambda number, frame: print("got", number, frame.f_lineno))
signal.raise_signal(signal.SIGUSR2)
signal.signal(signal.SIGUSR2, signal.SIG_IGN)
signal.raise_signal(signal.SIGUSR2)
print("went on")
signal.raise_signal(signal.SIGQUIT)
