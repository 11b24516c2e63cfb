# SPDX-License-Identifier: GPL-2.0-or-later
#
# Turns what came back from a guest into TAP. Input: lines between "@begin SCRIPT" and "@end SCRIPT
# STATUS [SECONDS]". Every TAP line of a script is kept, under a number and a name of our own; one
# without any is one test, decided by its status; figures are kept as they are. A script that never
# ended, or never began, is a failed test. The plan is left to the caller. -v prefix=NAME -v scripts="SCRIPT..."

function short(script) {
	sub(/.*\//, "", script)
	sub(/\.sh/, "", script)
	return prefix ": " script
}

function result(verdict, what) {
	printf "%s %d - %s\n", verdict, ++number, what
}

function finish(status) {
	if (status == 77)
		result("ok", short(script) " # SKIP " (last == "" ? "no reason given" : last))
	else if (status != "0")
		result("not ok", short(script) ": " (status == "" ? "never ended" : \
		       "exit status " status ((status == 124 || status == 143) ? ", out of time" : "")))
	else if (!results)
		result("ok", short(script))
	script = ""
}

$1 == "@begin" {
	if (script != "")
		finish("")
	script = $2
	begun[script]
	results = 0
	last = ""
	next
}

$1 == "@end" {
	finish($3)
	if ($4 != "")
		print "# " short($2) ": " $4 " s of the guest\047s time"
	next
}

/^1\.\.[0-9]+$/ { next }

/^(not )?ok( |$)/ {
	verdict = /^ok/ ? "ok" : "not ok"
	sub(/^(not )?ok *[0-9]* *(- *)?/, "")
	result(verdict, short(script) ": " $0)
	results++
	next
}

/^FIGURE / {
	print
	next
}

{
	last = $0
	print (/^#/ ? "" : "# ") $0
}

END {
	if (script != "")
		finish("")
	count = split(scripts, all, " ")
	for (i = 1; i <= count; i++)
		if (!(all[i] in begun))
			result("not ok", short(all[i]) ": never began")
}
