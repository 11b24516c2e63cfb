# SPDX-License-Identifier: GPL-2.0-or-later
"""ctf_read TRACE: reads a CTF trace by libbabeltrace2 (python3-bt2). A line for each beginning and end of a call, in the order of
time: `entry NS TID NAME` and `exit NS TID NAME RESULT`; last `discarded N` events, and `others N`. ctf_read -j: the same lines of
what systape-decode -l json has on standard input, in an order of its own."""
import json
import sys


def of_json():
    lost = others = 0
    for line in sys.stdin:
        v = json.loads(line)
        if v["type"] == "call":
            name = "unknown" if v["name"].startswith("syscall_") else v["name"]
            name = {"i386": "compat_", "x32": "x32_", "x86_64": "", "aarch64": ""}.get(v["arch"], "other_") + name
            if not v.get("enter_lost"):
                print("entry", v["ts"] or 0, v["tid"], name)
            if v["state"] == "done":
                result = v["retval"] if v["error"] is None else "failed"
                print("exit", (v["ts"] or 0) + v["latency"] if v["latency"] is not None else "?", v["tid"], name, result)
        elif v["type"] == "lost":
            lost += 2 * v.get("calls", 0) + v.get("enters", 0) + v.get("events", 0) + v.get("records", 0)
        elif v["type"] in ("signal", "probe") or v.get("event") in ("fork", "thread", "exec", "exit", "killed"):
            others += 1
    print("discarded", lost)
    print("others", others)


def of_trace(path):
    import bt2

    lost = others = 0
    last = None
    for m in bt2.TraceCollectionMessageIterator(path):
        if type(m) is bt2._DiscardedEventsMessageConst:
            lost += m.count or 0
        if type(m) is not bt2._EventMessageConst:
            continue
        now = m.default_clock_snapshot.ns_from_origin
        assert last is None or now >= last, "times go back"
        last = now
        name, tid = m.event.name, int(m.event["tid"])
        for kind in "entry", "exit":
            word = "syscall_%s_" % kind
            if word in name:
                name = name.replace(word, "")
                if kind == "entry":
                    print(kind, now, tid, name)
                else:
                    ret = int(m.event["ret"])
                    print(kind, now, tid, name, "failed" if -4096 < ret < 0 else ret)
                break
        else:
            others += 1
    print("discarded", lost)
    print("others", others)


if sys.argv[1] == "-j":
    of_json()
else:
    of_trace(sys.argv[1])
