# expect: status=ok output=works
# claim: D49 — socketpair, and so asyncio, works
import asyncio
import socket

for kind in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET):
    left, right = socket.socketpair(socket.AF_UNIX, kind)
    left.sendall(b"ping")
    assert right.recv(10) == b"ping"
    right.sendall(b"pong")
    assert left.recv(10) == b"pong"
    left.shutdown(socket.SHUT_RDWR)
    left.close()
    right.close()


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_soon_threadsafe(future.set_result, "works")
    await asyncio.sleep(0.01)
    return await asyncio.wait_for(future, 1)


print(asyncio.run(main()))
