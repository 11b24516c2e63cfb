#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every backend makes the same tape on this kernel, and counts what overload takes away, on each CPU and where it happened: the
# test of the development machine, with fewer calls.
# needs: awk
# limit: 600
"$BUILD"/systape --probe | sed 's/^/# /'
RUNS=2 PER=10000 exec tests/live/backends.test
