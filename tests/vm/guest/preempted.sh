#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Loss identity where threads preempt each other on one CPU: the test of the development machine, with fewer runs.
# needs: awk tail cat uname
# limit: 480
RUNS=4 PER=60 exec tests/live/preempted.test
