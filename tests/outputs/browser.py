#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""browser PAGE [dark] [narrow]: Chromium without a screen opens the page (a file), and does what the lines of standard input say:

  eval EXPRESSION    prints what it is, as text
  click SELECTOR     a real click in the middle of the first one
  key NAME           a real key (Tab, Enter, Space), to what has the focus
  type TEXT          letters
  picture FILE       a PNG of what can be seen

Then every request that left the page, or that its policy stopped, and every word on its console, stand on lines `request ...`,
`blocked ...` and `console ...`."""
import base64
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "Space": (32, " ")}


class Browser:
    """Speaks the devtools protocol by a pipe: messages end with a NUL."""

    def __init__(self, program, home):
        to_browser, self.to = os.pipe()
        self.come, from_browser = os.pipe()

        def ends():  # the browser reads 3 and writes 4
            os.dup2(to_browser, 100)
            os.dup2(from_browser, 101)
            os.dup2(100, 3)
            os.dup2(101, 4)

        self.process = subprocess.Popen(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--user-data-dir=" + home, "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, close_fds=False, preexec_fn=ends, start_new_session=True)
        os.close(to_browser)
        os.close(from_browser)
        self.number = 0
        self.rest = b""
        self.events = []
        self.session = None

    def read(self):
        while b"\0" not in self.rest:
            more = os.read(self.come, 1 << 16)
            if not more:
                sys.exit("browser: it has ended")
            self.rest += more
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def ask(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.to, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") != self.number:
                self.events.append(answer)
            elif "error" in answer:
                sys.exit("browser: %s: %s" % (method, answer["error"]))
            else:
                return answer["result"]

    def wait(self, method):
        while not any(e.get("method") == method for e in self.events):
            self.events.append(self.read())

    def evaluate(self, expression):
        answer = self.ask("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            return "exception " + json.dumps(answer["exceptionDetails"].get("exception", {}).get("description", ""))
        value = answer["result"].get("value")
        return value if isinstance(value, str) else json.dumps(value)

    def click(self, selector):
        point = self.evaluate("(() => { const e = document.querySelector(%s); e.scrollIntoView({block: 'center'});"
                              " const r = e.getBoundingClientRect(); return (r.x + r.width / 2) + ' ' + (r.y + r.height / 2); })()" % json.dumps(selector))
        x, y = (float(n) for n in point.split())
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def key(self, name):
        code, text = KEYS[name]
        key = " " if name == "Space" else name
        self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, code=name, windowsVirtualKeyCode=code, text=text)
        self.ask("Input.dispatchKeyEvent", type="keyUp", key=key, code=name, windowsVirtualKeyCode=code)

    def picture(self, name):
        answer = self.ask("Page.captureScreenshot")
        with open(name, "wb") as f:
            f.write(base64.b64decode(answer["data"]))

    def open(self, page, dark, narrow):
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.ask(domain + ".enable")
        self.ask("Emulation.setDeviceMetricsOverride", width=390 if narrow else 1400, height=1500, deviceScaleFactor=1, mobile=False)
        if dark:
            self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark"}])
        self.ask("Page.navigate", url="file://" + os.path.abspath(page))
        self.wait("Page.loadEventFired")

    def report(self, page):
        stopped = [e["params"]["requestId"] for e in self.events
                   if e.get("method") == "Network.loadingFailed" and e["params"].get("blockedReason") == "csp"]
        for event in self.events:
            params = event.get("params", {})
            if event.get("method") == "Network.requestWillBeSent":
                url = params["request"]["url"]
                if url != "file://" + os.path.abspath(page) and not url.startswith("data:"):
                    print("blocked" if params["requestId"] in stopped else "request", url)
            elif event.get("method") == "Runtime.consoleAPICalled":
                print("console", params["type"], json.dumps(params["args"]))
            elif event.get("method") == "Runtime.exceptionThrown":
                print("console exception", params["exceptionDetails"]["text"])
            elif event.get("method") == "Log.entryAdded":
                print("console", params["entry"]["level"], params["entry"]["text"])


def obey(browser, line):
    word, _, rest = line.partition(" ")
    if word == "eval":
        print(browser.evaluate(rest))
    elif word == "click":
        browser.click(rest)
    elif word == "key":
        browser.key(rest)
    elif word == "type":
        browser.ask("Input.insertText", text=rest)
    elif word == "picture":
        browser.picture(rest)
    elif word:
        sys.exit("browser: what is %s?" % word)


def main():
    sys.stdout.reconfigure(errors="backslashreplace")
    program = next((p for p in map(shutil.which, BROWSERS) if p), None)
    if not program:
        sys.exit(77)
    if sys.argv[1:] == ["--there"]:
        sys.exit(0)
    home = tempfile.mkdtemp(prefix="systape-browser.")
    browser = Browser(program, home)
    watch = threading.Timer(100, browser.process.kill)
    watch.start()
    try:
        browser.open(sys.argv[1], "dark" in sys.argv[2:], "narrow" in sys.argv[2:])
        for line in sys.stdin:
            obey(browser, line.rstrip("\n"))
        browser.ask("Page.getFrameTree")  # what came before it has been read
        browser.report(sys.argv[1])
    finally:
        watch.cancel()
        os.killpg(browser.process.pid, signal.SIGKILL)
        browser.process.wait()
        for _ in range(100):  # its other processes end a moment later, and still write
            shutil.rmtree(home, ignore_errors=True)
            if not os.path.exists(home):
                break
            time.sleep(0.05)


main()
