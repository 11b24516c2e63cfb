# SPDX-License-Identifier: GPL-2.0-or-later
# threads: normalises `-l hex_sl` output, so that runs can be compared: one line per call, `LABEL CALL ARGUMENTS = RESULT`, where the
# label is what the thread's first failing close said, addresses are A, and process ids P. Sort it stably by the first field.
BEGIN { FS = "\t" }
$1 == "PID" { for (i = 1; i <= NF; i++) at[$i] = i; next }
function plain(value) {
	sub(/^0+/, "", value)
	return length(value) > 8 && value !~ /^FFFFFFFF/ ? "A" : value == "" ? "0" : value
}
NF > 4 {
	pid = $at["PID"]
	call = $at["SYSCALL"]
	if (!(pid in label) && call == "close" && $at["ERR"] !~ /^0+$/)
		label[pid] = $at["ARG1"]
	line = call
	# without the flags for them, the last three of clone are what the registers held by chance
	for (i = 1; i <= (call == "clone" ? 2 : 6); i++)
		line = line " " plain($at["ARG" i])
	result = plain($at["RES"])
	if (call ~ /^(fork|vfork|clone|clone3|wait4|set_tid_address|getppid)$/)
		result = "P"
	if (call ~ /^wait4$/)
		sub(/^wait4 [0-9A-F]+/, "wait4 P", line)
	n[pid]++
	text[pid, n[pid]] = line " = " result " " plain($at["ERR"])
}
END {
	for (pid in n)
		for (i = 1; i <= n[pid]; i++)
			printf "%s %05d %s\n", label[pid], i, text[pid, i]
}
