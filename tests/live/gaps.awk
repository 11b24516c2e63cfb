# SPDX-License-Identifier: GPL-2.0-or-later
# gaps: reads `-l hex_sl` of tests/live/sequence.c: every gap in the numbers has to be what stands there as lost, but for calls
# whose beginning was lost, which are there without their number. Prints how many gaps are right and how many are wrong.
BEGIN { FS = "\t" }
function number(s,  i, v) {
	for (i = 9; i <= 16; i++)
		v = v * 16 + index("0123456789ABCDEF", substr(s, i, 1)) - 1
	return v
}
function check(i) {
	if (last == "") # the loader's own close() may be among the first that are lost
		;
	else if (i - last - 1 != lost + unknown) {
		bad++
		print "# from " last " to " i ": lost " lost ", without number " unknown + 0
	} else if (lost)
		good++
	last = i
	lost = unknown = 0
}
$4 == "LOST" { lost += number($3); next }
$4 != "close" || $3 == "" { next }	# without result: the end was lost, and counted
$5 == "" { unknown++; next }
$5 ~ /FFF[CDEF][0-9A-F]+$/ { check(4294967296 - number($5)) }
END { check(N + 1); print good + 0, bad + 0 }
