#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
# validate.py SCHEMA FILE...: whether each line is JSON without a key twice, and what the schema says; what is not is printed.
# The validator is python3-jsonschema. Lines of the same shape are validated once.
import json
import sys

import jsonschema


def unique(pairs):
    keys = [k for k, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError("a key twice in %s" % keys)
    return dict(pairs)


def shape(value):
    if isinstance(value, dict):
        return tuple((k, shape(v)) for k, v in value.items())
    if isinstance(value, list):
        return ("list",) + tuple(sorted({repr(shape(v)) for v in value}))
    if isinstance(value, str):
        # strings whose form the schema knows: enumerations, digits, times
        return value if len(value) < 12 else "string"
    if isinstance(value, int) and not isinstance(value, bool):
        return "int" if -2**63 <= value < 2**64 else "large"
    return type(value).__name__


def refuse(text):
    raise ValueError("no number of JSON, or a fraction: %s" % text)


schema = json.load(open(sys.argv[1]))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
seen, lines, bad = set(), 0, 0
for name in sys.argv[2:]:
    for n, line in enumerate(open(name, "rb"), 1):
        lines += 1
        try:
            value = json.loads(line.decode("utf-8"), object_pairs_hook=unique, parse_float=refuse, parse_constant=refuse)
            form = shape(value)
            if form in seen:
                continue
            seen.add(form)
            validator.validate(value)
        except (ValueError, RecursionError, jsonschema.ValidationError) as e:
            bad += 1
            if bad <= 20:
                print("%s:%d: %s" % (name, n, str(e).split("\n")[0][:300]))
print("%d lines, %d wrong" % (lines, bad))
