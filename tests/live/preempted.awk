# SPDX-License-Identifier: GPL-2.0-or-later
# preempted: reads `-l hex_sl --columns TID` of `preempted N`: no call is there twice, and every thread's are its own, in order. Prints
# what is wrong, and how many are wrong, recorded and lost.
BEGIN { FS = "\t" }
function number(s, from,  i, v) {
	for (i = from; i <= 16; i++)
		v = v * 16 + index("0123456789ABCDEF", substr(s, i, 1)) - 1
	return v
}
function wrong(what) { if (bad++ < 5) print "# " what }
$1 == "PID" { for (i = 1; i <= NF; i++) at[$i] = i; next }
!("TID" in at) { next }
$4 == "LOST" { lost += number($3, 1); next }
$4 != "getpgid" || $3 == "" { next }
{ recorded++ }
$5 == "" { next }
{
	k = 4294967296 - number($5, 9)
	thread = int(k / 65536)
	k %= 65536
	tid = $at["TID"]
	if (!(thread in owner)) {
		if (tid in other)
			wrong("thread " tid " has calls of " other[tid] " and of " thread)
		owner[thread] = tid
		other[tid] = thread
	}
	if (owner[thread] != tid)
		wrong("a call of thread " owner[thread] " is told of " tid)
	if (k <= last[thread])
		wrong("thread " thread ": " k " comes after " last[thread])
	last[thread] = k
}
END { print bad + 0, recorded + 0, lost + 0 }
