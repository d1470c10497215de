import threading


def hook(event):
    print("hook:", event.exc_type.__name__, event.exc_value, event.thread.name)


threading.excepthook = hook
thread = threading.Thread(target=lambda: 1 / 0, name="worker")
thread.start()
thread.join()
