#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Every event that ftrace's pages have not is told, before the event where it is missing: what was written over, and what the kernel
# skips when a reader leaves a page that is being written.
# limit: 200
. tests/lib/tap.sh
mount -t tracefs tracefs /sys/kernel/tracing 2>/dev/null
for i in 1 2 3 4 5 6; do
	pages 200000
	is "run $i: every gap is told in its place" $? 0
done
finish
