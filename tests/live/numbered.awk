# SPDX-License-Identifier: GPL-2.0-or-later
# numbered: reads `-l hex_sl --columns CPU` of `numbered N CPU...` (N and CPUS as variables): on every CPU, N calls are recorded or lost, and
# every gap in the numbers is as large as what stands there as lost. Calls whose beginning was lost are there without their number;
# those whose end was lost have no result, and are counted as lost. Prints what is wrong, and how many gaps are right and wrong.
BEGIN { FS = "\t"; cpus = split(CPUS, cpu, " ") }
function number(s, from,  i, v) {
	for (i = from; i <= 16; i++)
		v = v * 16 + index("0123456789ABCDEF", substr(s, i, 1)) - 1
	return v
}
function check(c, k) {
	gap = k - last[c] - 1
	if (gap != lost[c] + unknown[c]) {
		bad++
		print "# CPU " c ", from " last[c] + 0 " to " k ": lost " lost[c] + 0 ", without number " unknown[c] + 0
	} else if (lost[c])
		good++
	last[c] = k
	lost[c] = unknown[c] = 0
}
$1 == "PID" { for (i = 1; i <= NF; i++) at[$i] = i; next }
!("CPU" in at) { next }
{ c = number($at["CPU"], 9) }
$4 == "LOST" { lost[c] += number($3, 1); all[c] += number($3, 1); next }
$4 != "getpgid" || $3 == "" { next }
{ all[c]++; recorded++ }
$5 == "" { unknown[c]++; next }
{
	k = 4294967296 - number($5, 9)
	if (int(k / 16777216) != c) {
		bad++
		print "# CPU " c " has a call of CPU " int(k / 16777216)
	}
	check(c, k % 16777216)
}
END {
	for (i = 1; i <= cpus; i++) {
		check(cpu[i], N + 1)
		if (all[cpu[i]] != N) {
			bad++
			print "# CPU " cpu[i] ": recorded and lost are " all[cpu[i]] + 0
		}
	}
	print good + 0, bad + 0, recorded + 0
}
