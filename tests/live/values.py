# SPDX-License-Identifier: GPL-2.0-or-later
# values.py: reads what values.c writes, a line for each call, and compares the call's arguments as JSON with its arguments
# as strace's text: all is JSON; nothing is text that a family wrote itself, or a value without a name; every field that the
# text names (`name=`) is a name of the JSON. Says what is not so; the last line has the counts.
import json
import re
import sys

SKIPPED = re.compile(r'"(?:[^"\\]|\\.)*"|/\*.*?\*/|<(?:[^<>]|<[^<>]*>)*>')
FIELD = re.compile(r'[{, (\[]([A-Za-z_][A-Za-z0-9_]*)=')


def names(value, found):
    if isinstance(value, dict):
        for name, inner in value.items():
            found.add(name)
            names(inner, found)
    elif isinstance(value, list):
        for inner in value:
            names(inner, found)
    return found


calls = fields = bad = 0
for line in sys.stdin.buffer:
    call, args, details, text, _ = line.decode("utf-8").rstrip("\n").split("\t")
    calls += 1
    try:
        found = names([json.loads(args), json.loads(details or "{}")], set())
    except ValueError as error:
        print(f"# {call}: {error}: {args}")
        bad += 1
        continue
    wanted = FIELD.findall(" " + SKIPPED.sub("", text))
    fields += len(wanted)
    lacks = [name for name in wanted if name not in found]
    if lacks or found & {"text", "also"}:
        print(f"# {call} lacks {lacks}: {args}: {text}"[:500])
        bad += 1
print(f"{bad} of {calls} calls, {fields} fields")
