# SPDX-License-Identifier: BSD-3-Clause
"""A headless Chromium, driven through its own debugging protocol: a page, JavaScript in it, keys, clicks, and what its console said."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
import time
import urllib.request
from typing import Any

import websocket

#: Numbers of keys, as the protocol wants them.
_CODES = {"Tab": 9, "Enter": 13, "Escape": 27, "End": 35, "ArrowRight": 39}
SHIFT, CONTROL = 8, 2


def find_chromium() -> str | None:
    """The browser's command, None if there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


class Page:
    """One page. `console` collects errors: uncaught exceptions and console.error."""

    def __init__(self, browser: str, url: str) -> None:
        self._folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        command = [
            browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-port=0",
            "--remote-allow-origins=*", "--window-size=1200,900", f"--user-data-dir={self._folder.name}", "about:blank",
        ]  # fmt: skip
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        assert self._process.stderr is not None
        match = None
        for line in self._process.stderr:
            match = re.search(r"ws://[^:]+:(\d+)/", line)
            if match is not None:
                break
        assert match is not None, "chromium did not start"
        with urllib.request.urlopen(f"http://127.0.0.1:{match[1]}/json") as answer:
            target = next(t for t in json.load(answer) if t["type"] == "page")
        self._socket = websocket.create_connection(target["webSocketDebuggerUrl"], timeout=60)
        self._number = 0
        self.console: list[str] = []
        self("Page.enable")
        self("Runtime.enable")
        self("Page.navigate", url=url)

    def __call__(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        number = self._number
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") == number:
                assert "error" not in message, message
                return message["result"]
            self._note(message)

    def _note(self, event: dict[str, Any]) -> None:
        parameters = event.get("params", {})
        if event.get("method") == "Runtime.exceptionThrown":
            self.console.append(str(parameters["exceptionDetails"].get("exception", parameters["exceptionDetails"])))
        elif event.get("method") == "Runtime.consoleAPICalled" and parameters["type"] == "error":
            self.console.append(" ".join(str(a.get("value", a.get("description"))) for a in parameters["args"]))

    def js(self, expression: str) -> Any:
        """Value of a JavaScript expression."""
        result = self("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def wait(self, expression: str, timeout: float = 60) -> Any:
        """Wait until the expression is true; its value."""
        deadline = time.monotonic() + timeout
        while True:
            value = self.js(expression)
            if value:
                return value
            assert time.monotonic() < deadline, f"after {timeout} s this is still not so: {expression}"
            time.sleep(0.1)

    def click(self, x: float, y: float) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            self("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def key(self, name: str, modifiers: int = 0) -> None:
        text = {"text": "\r"} if name == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=_CODES[name], modifiers=modifiers, **text)

    def type(self, text: str) -> None:
        self("Input.insertText", text=text)

    def close(self) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait()
        self._folder.cleanup()
