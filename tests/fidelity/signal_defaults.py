import signal

for number in sorted(signal.valid_signals()):
    value = signal.getsignal(number)
    if value not in (signal.SIG_DFL, None):
        print(int(number), getattr(value, "__name__", value))
print(signal.pthread_sigmask(signal.SIG_BLOCK, []))
print(signal.set_wakeup_fd(-1))
