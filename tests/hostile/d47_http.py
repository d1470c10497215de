# expect: status=ok output=blocked
# claim: D47 — no library reaches the service on the loopback
import asyncio
import http.client
import urllib.request

holes = []


async def stream():
    await asyncio.open_connection("127.0.0.1", 3001)


async def server():
    # asyncio takes a socket that cannot be made for an address family that is not there, and goes on without it.
    if not (await asyncio.start_server(lambda *rest: None, "127.0.0.1", 0)).sockets:
        raise OSError("a server without a socket")


for name, action in {
    "urllib": lambda: urllib.request.urlopen("http://127.0.0.1:3001/health", timeout=0.5),
    "urllib v6": lambda: urllib.request.urlopen("http://[::1]:3001/health", timeout=0.5),
    "http.client": lambda: http.client.HTTPConnection("127.0.0.1", 3001, timeout=0.5).request("GET", "/metrics"),
    "asyncio stream": lambda: asyncio.run(stream()),
    "asyncio server": lambda: asyncio.run(server()),
}.items():
    try:
        action()
    except OSError:
        pass
    else:
        holes.append(name)
print("HOLE: " + ", ".join(holes) if holes else "blocked")
