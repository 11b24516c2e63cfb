#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# What was executed has its strings on this kernel, too: those that the caller's memory no longer has.
# needs: awk env seq sort uniq /usr/lib/x86_64-linux-gnu/libgcc_s.so.1
# limit: 300
CHILDREN=30 exec tests/live/exec.test
