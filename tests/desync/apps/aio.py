# SPDX-License-Identifier: MIT
"""Says of each request its method, target and the length of its content (aiohttp)."""

import asyncio
import json
import sys

from aiohttp import web


async def seen(request):
    length = len(await request.read())
    with open(sys.argv[2], "a", encoding="utf-8") as log:
        log.write(json.dumps([request.method, request.raw_path, length]) + "\n")
    return web.Response(text="ok")


async def main():
    runner = web.ServerRunner(web.Server(seen))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(sys.argv[1])).start()
    await asyncio.Event().wait()


asyncio.run(main())
