#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Threads that are made while a recorder attaches, signals, and calls that cross CPUs: the tests of the development machine, one run each.
# needs: awk sed sort diff seq nproc wc grep head tail cut taskset
# limit: 600
status=0
for t in attach_churn signals cross; do
	RUNS=1 tests/live/$t.test >"/tmp/$t" || status=1
	grep -v '^1\.\.' "/tmp/$t" | sed "s/^\(ok\|not ok\) [0-9]* - /&$t: /"
done
exit $status
