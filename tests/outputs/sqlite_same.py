# SPDX-License-Identifier: GPL-2.0-or-later
# usage: sqlite_same.py DATABASE JSON-LINES: every row of a database against the line of -l json; SQLite is Python's.
import json, sqlite3, sys

db = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
lines = [json.loads(line) for line in open(sys.argv[2])]
wrong = []


def say(condition, *what):
    if not condition and len(wrong) < 5:
        wrong.append(" ".join(map(str, what)))


def signed(number):
    return number - 2**64 if isinstance(number, int) and number >= 2**63 else number


def raw(value):
    """Bytes or text as a column has them."""
    value = bytes.fromhex(value["bytes"]) if isinstance(value, dict) else value.encode() if isinstance(value, str) else value
    if value is None or b"\0" in value:
        return value
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value


def parts(value):
    """Number, text and JSON of an argument."""
    inner = value.get("value", value) if isinstance(value, dict) else value
    number = signed(inner) if isinstance(inner, int) and not isinstance(inner, bool) else None
    text = raw(inner) if isinstance(inner, str) else raw(value) if isinstance(value, dict) and "bytes" in value else None
    whole = isinstance(value, str) or (number is not None and value is inner) or (isinstance(value, dict) and list(value) == ["bytes"])
    return number, text, None if whole else value


def rows(sql, *more):
    return db.execute(sql, more).fetchall()


say(rows("PRAGMA integrity_check") == [("ok",)], "integrity")
say(not rows("PRAGMA foreign_key_check"), "foreign keys")
calls = [line for line in lines if line["type"] == "call"]
table = rows("""SELECT c.id, c.time, p.pid, th.tid, c.comm, c.cpu, c.name, c.nr, c.arch, c.state, c.retval, c.error, c.errno, c.latency,
    c.cpu_time, c.details, f.path, t.host, c.file, c.result, c.fds FROM calls c JOIN tapes t ON t.id = c.tape LEFT JOIN processes p ON p.id = c.process
    LEFT JOIN threads th ON th.id = c.thread LEFT JOIN files f ON f.id = c.file ORDER BY c.id""")
say(len(table) == len(calls), len(table), "rows for", len(calls), "calls")
arguments = {}
pids = {}  # of each thread: a damaged tape can say several
for call in calls:
    pids.setdefault(call["tid"], set()).add(call["pid"])
for call, position, name, number, text, value in rows("SELECT * FROM arguments ORDER BY call, position"):
    arguments.setdefault(call, []).append((name, number, text, None if value is None else json.loads(value)))
for row, call in zip(table, calls):
    wanted = (call["ts"], call["pid"], call["tid"], raw(call["comm"]), call["cpu"], call["name"], call["nr"], call["arch"], call["state"],
              signed(call["retval"]), call["error"], call.get("errno"), call["latency"], call.get("cpu_time"))
    if len(pids[call["tid"]]) > 1:
        row, wanted = row[:2] + (None,) + row[3:], wanted[:1] + (None,) + wanted[2:]
    say(row[1:15] == wanted, "call", row[0], row[1:15], "is", wanted)
    say((json.loads(row[15]) if row[15] else None) == call.get("details"), "details of", row[0])
    for column, name in (19, "result"), (20, "fds"):
        say((json.loads(row[column]) if row[column] else None) == call.get(name), name, "of", row[0], row[column], "is", call.get(name))
    if row[18]:
        say(row[16] == raw(call["path"]), "path of", row[0], row[16], "is", call["path"])
    got = arguments.get(row[0], [])
    wanted = [(name,) + parts(value) for name, value in (call["args"] or {}).items()]
    say(got == wanted, "arguments of", row[0], got, "are", wanted)
for kind, name in ("signal", "signals"), ("probe", "probes"), ("lost", "losses"):
    n = sum(line["type"] == kind for line in lines)
    say(rows("SELECT count(*) FROM " + name) == [(n,)], name, n)
say(rows("SELECT sum(calls), sum(enters), sum(events) FROM losses WHERE calls IS NOT NULL") ==
    rows("SELECT sum(lost_calls), sum(lost_enters), sum(lost_events) FROM tapes") or not rows("SELECT 1 FROM losses WHERE calls IS NOT NULL"), "sums of losses")
ends = [line for line in lines if line["type"] == "end"]
names = "calls failed unfinished signals processes probes losses lost_calls lost_enters lost_events missing_records missing_parts calls_on_tape complete".split()
say(rows("SELECT %s FROM tapes ORDER BY id" % ", ".join(names)) == [tuple(int(end[n]) for n in names) for end in ends], "counts")
told = {}  # of each pid, which may be used again
for line in lines:
    if line.get("event") == "existing" and line["pid"] == line["tid"]:
        told.setdefault(line["pid"], []).append([line.get(name) for name in ("numbers", "uids", "gids", "fds")])
for pid, wanted in told.items():
    got = [[json.loads(value) if value else None for value in row] for row in rows("SELECT numbers, uids, gids, fds FROM processes WHERE pid = ?", pid)]
    say(wanted[-1] in got, "process", pid, got, "is", wanted[-1])
numbered = {(line["child_pid"], json.dumps(line["numbers"])) for line in lines if line.get("event") == "fork" and "numbers" in line}
for pid, numbers in numbered:
    say(json.loads(numbers) in [json.loads(n) for n, in rows("SELECT numbers FROM processes WHERE pid = ? AND numbers IS NOT NULL", pid)], "numbers of", pid)
ended = sum(line.get("event") == "exit" and line.get("last", False) for line in lines)
say(rows("SELECT count(ended) FROM processes") <= [(ended,)], "ends of processes")
programs = [line for line in lines if line.get("event") == "exec"]
say([(raw(p.get("path")), p.get("argv")) for p in programs] ==
    [(path, json.loads(argv) if argv else None) for path, argv in rows("SELECT path, command FROM programs WHERE time IS NOT NULL ORDER BY id")], "programs")
for view in "slowest_calls call_totals files_by_process errors process_tree call_lines".split():
    rows("SELECT * FROM " + view)
say(rows("SELECT count(*) FROM process_tree") == rows("SELECT count(*) FROM processes"), "the tree has all processes")
print(*(wrong or ["%d calls, %d arguments" % (len(table), sum(map(len, arguments.values())))]), sep="\n")
