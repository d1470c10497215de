import threading

print(threading.current_thread().name, threading.main_thread() is threading.current_thread())
print(threading.current_thread(). daemon, threading.active_count())
names = []
threads = [threading.Thread(target=lambda: names.append(threading.current_thread().name.split(" ")[0])) for _ in range(3)]
for thread in threads:
    thread.start()
    thread.join()
print(names)
print(threading.enumerate() == [threading.main_thread()])
timer = threading.Timer(0.01, print, ["timer"])
timer.start()
timer.join()
