#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# latency: how long each call took, waiting included: totals, percentiles, histograms.
# To the shell this file starts awk, or $AWK, on itself; to awk these three lines are nothing.
false && /; test -p \/dev\/stdin && trap "" INT; export LC_ALL=C # / { }
false && /; test -n "$AWK" && exec $AWK -f "$0" -- "$@" # / { }
false && /; exec awk -f "$0" -- "$@" # / { }

BEGIN {
	hex_begin("latency",
		"Time per system call, from entry to return, in microseconds: sum, mean,\n" \
		"percentiles, largest, and a histogram of the calls that took most.",
		"top=20 rows of each table; 0 shows all\n" \
		"bars=3 histograms of so many calls\n" \
		"call=- only this system call", "DUR")
}

!hex_call() { next }

set["call"] != "-" && $SYSCALL != set["call"] { next }

$DUR == "" { without++; next }

{ dist_add($SYSCALL, hex_num($DUR)) }

END {
	hex_over()
	dist_end("")
	for (call in dist_count)
		sums[call] = sum_about(call)
	n = sort_down(sums, key)
	shown = table_top(n)
	table_start("Time by system call, in microseconds", "SUM COUNT MEAN P50 P95 P99 MAX <CALL")
	for (i = 1; i <= shown; i++)
		table_row(usec_sum(key[i]), dist_count[key[i]],
			sprintf("%.3f", sum_about(key[i]) / dist_count[key[i]] / per_usec()),
			text_usec(dist_at(key[i], 0.5)), text_usec(dist_at(key[i], 0.95)),
			text_usec(dist_at(key[i], 0.99)), text_usec(dist_max[key[i]]), key[i])
	table_end()
	table_more(shown, n)
	for (i = 1; i <= n && i <= set["bars"]; i++)
		dist_bars(key[i], "Histogram of " key[i] ", in microseconds", per_usec())
	if (without)
		hex_note(many(without, "call has", "calls have") \
			" no duration: began before the tape, or never returned")
	hex_notes()
}

function per_usec() {
	return hex_unit["DUR"] == "nsec" ? 1000 : 1
}

# All digits of a sum, which may be longer than awk's numbers.
function usec_sum(call,    text) {
	text = sum_text(call)
	if (per_usec() == 1)
		return text
	while (length(text) < 4)
		text = "0" text
	return substr(text, 1, length(text) - 3) "." substr(text, length(text) - 2)
}

# library: what this script uses of tools/awk/lib; edit it there and run tools/awk/embed

# Adds a value of 0 or more to the distribution `key`. This runs once per call: it only counts.
function dist_add(key, value,    shift) {
	if ((sum_low[key] += value) >= 1000000000000000)
		sum_add(key, 0)
	if (value > dist_max[key])
		dist_max[key] = value
	if (value >= 1024) {
		for (; value >= 262144; value /= 256)
			shift += 4096
		for (; value >= 1024; value /= 4)
			shift += 1024
		value = int(value)
	}
	dist_bucket[key, shift + value]++
}

# To be called once, behind the last dist_add(). With a name for `all` it makes the distribution of
# all values as well.
function dist_end(all,    place, part, count) {
	for (place in dist_bucket)
		count[place] = dist_bucket[place]
	for (place in count) {
		split(place, part, SUBSEP)
		dist_count[part[1]] += count[place]
		dist_shift[part[1], int(part[2] / 1024)]
		if (all == "")
			continue
		dist_count[all] += count[place]
		dist_shift[all, int(part[2] / 1024)]
		dist_bucket[all, part[2]] += count[place]
		if (dist_max[part[1]] > dist_max[all])
			dist_max[all] = dist_max[part[1]]
	}
}

# dist_nth[1..n] = the buckets of `key`, lowest first. Returns n.
function dist_sort(key,    shift, bucket) {
	if (dist_key == key)
		return dist_n
	dist_key = key
	dist_n = 0
	for (shift = 0; shift < 27; shift++) {
		if (!((key, shift) in dist_shift))
			continue
		for (bucket = shift ? 256 : 0; bucket < 1024; bucket++)
			if ((key, shift * 1024 + bucket) in dist_bucket)
				dist_nth[++dist_n] = shift * 1024 + bucket
	}
	return dist_n
}

# The lowest value of a bucket.
function dist_low(bucket,    value) {
	value = bucket % 1024
	for (bucket = int(bucket / 1024); bucket > 0; bucket--)
		value *= 4
	return value
}

# The value that `share` (0 to 1) of the values do not exceed.
function dist_at(key, share,    n, i, wanted, seen) {
	n = dist_sort(key)
	wanted = dist_count[key] * share
	for (i = 1; i < n; i++) {
		seen += dist_bucket[key, dist_nth[i]]
		if (seen >= wanted)
			return dist_low(dist_nth[i])
	}
	return dist_max[key] + 0
}

# A table with a bar for each power of two of value / scale. It is exact for the scales 1 and 1000,
# whose boundaries no cut moves.
function dist_bars(key, title, scale,    n, i, low, step, count, first, last, most) {
	n = dist_sort(key)
	first = 99
	for (i = 1; i <= n; i++) {
		step = 0
		for (low = int(dist_low(dist_nth[i]) / scale); low >= 1; low = int(low / 2))
			step++
		count[step] += dist_bucket[key, dist_nth[i]]
		if (count[step] > most)
			most = count[step]
		if (step < first)
			first = step
		last = step
	}
	table_start(title, "FROM BELOW COUNT <BAR")
	low = 1		# busybox awk may be built without powers
	for (i = 0; i <= last; i++) {
		if (i >= first)
			table_row(i ? low / 2 : 0, low, count[i] + 0, bar(count[i], most, 50))
		low *= 2
	}
	table_end()
}

# Says who the script is and reads its settings from the command line. `help` is its purpose;
# `settings` has a line "NAME=DEFAULT what it does" each, DEFAULT a|b|c allows just these; `needs`
# names the columns beyond the usual ones: a script cannot do without, or with '?' not so well.
function hex_begin(name, help, settings, needs,    n, line, word, i, at) {
	CONVFMT = OFMT = "%.16g"
	FS = "\t"
	hex_name = name ".awk"
	hex_needs = needs
	n = split(settings, line, "\n")
	for (i = 1; i <= n; i++) {
		split(line[i], word, " ")
		at = index(word[1], "=")
		hex_default[substr(word[1], 1, at - 1)] = substr(word[1], at + 1)
		set[substr(word[1], 1, at - 1)] = hex_value(hex_first(substr(word[1], at + 1)))
	}
	for (i = 1; i < ARGC; i++) {
		if (ARGV[i] == "-h" || ARGV[i] == "--help")
			hex_usage(help, line, n)
		if (ARGV[i] ~ /^-./)
			hex_wrong("no option '" ARGV[i] "'; '-h' lists the settings")
		if (ARGV[i] ~ /^[a-z]+=/) {
			hex_set(ARGV[i])
			ARGV[i] = ""
		} else if (ARGV[i] != "")
			hex_files++
	}
}

function hex_first(choices) {
	return index(choices, "|") ? substr(choices, 1, index(choices, "|") - 1) : choices
}

function hex_set(text,    name, value) {
	name = substr(text, 1, index(text, "=") - 1)
	value = substr(text, index(text, "=") + 1)
	if (!(name in set))
		hex_wrong("no setting '" name "'; '-h' lists them; is it a file? give './" text "'")
	if (index(hex_default[name], "|") && !index("|" hex_default[name] "|", "|" value "|"))
		hex_wrong("cannot set " name " to '" value "'; choose one of " hex_default[name])
	if (hex_default[name] ~ /^[0-9.]+$/ && value !~ /^([0-9]+[.]?[0-9]*|[.][0-9]+)$/)
		hex_wrong("cannot set " name " to '" value "'; give a number")
	set[name] = hex_value(value)
}

# Numbers as numbers, so that they compare as such.
function hex_value(text) {
	return text ~ /^[0-9.]+$/ ? text + 0 : text
}

function hex_usage(help, line, n,    i, at) {
	print "usage: " hex_name " [NAME=VALUE ...] [FILE ...]"
	print help
	if (hex_needs != "-")
		print "Reads what 'systape-decode -l hex" hex_options() " TAPE' writes."
	for (i = 1; i <= n; i++) {
		at = index(line[i], " ")
		printf "  %-24s %s\n", substr(line[i], 1, at - 1), substr(line[i], at + 1)
	}
	hex_stop(0)
}

# The options of systape-decode that bring the columns.
function hex_options(    n, i, need, list) {
	n = split(hex_needs, need, " ")
	for (i = 1; i <= n; i++) {
		sub(/[?]/, "", need[i])
		if (need[i] != "TIME")
			list = list (list == "" ? " --columns " : ",") need[i]
	}
	return (hex_needs ~ /TIME/ ? " -t" : "") list
}

function hex_stop(status) {
	hex_stopped = 1
	hex_status = status
	exit status
}

function hex_say(text) {
	print hex_name ": " text | "cat 1>&2"
	close("cat 1>&2")
}

function hex_wrong(text) {
	hex_say(text)
	hex_stop(2)
}

function hex_die(text) {
	hex_say(text)
	hex_stop(1)
}

# True when the line is a call. Headers, lost events, continued strings and strange lines are
# dealt with here: hex_lost_here is then the count of a LOST line, as text, and hex_piece says that
# the line continues the call before.
function hex_call() {
	if (FNR < 3 && hex_head())
		return 0
	if (NF == hex_columns && $PID in hex_pids && hex_is($RES) && $SYSCALL != "") {
		hex_calls++
		hex_before = $0
		return 1
	}
	return hex_other()
}

# The rare lines: the first of a thread, lost events, no result, not understood.
function hex_other() {
	hex_lost_here = hex_piece = 0
	if (NF == hex_columns && $SYSCALL == "LOST" && $PID == "" && hex_is($RES)) {
		hex_lost_here = hex_dec($RES)
		sum_hex("LOST", $RES)
		hex_losses++
		return 0
	}
	if (NF != hex_columns || !hex_is($PID) || $SYSCALL == "" || ($RES != "" && !hex_is($RES)) ||
	    (TIME && !hex_is($TIME))) {
		if (!hex_strange++)
			hex_strange_at = "line " FNR hex_of_file()
		return 0
	}
	hex_pids[$PID]
	hex_piece = $RES == "" && $ERR == "" && hex_continues()
	hex_before = $0
	if (!hex_piece)
		hex_calls++
	return !hex_piece
}

# A call that never returned has no result either. A continuation has the thread, time and call of
# the line before it, and nothing but text in its arguments.
function hex_continues(    i, old, text) {
	if (split(hex_before, old, FS) != NF || old[PID] "" != $PID "")
		return 0
	if (old[SYSCALL] != $SYSCALL || (TIME && old[TIME] "" != $TIME ""))
		return 0
	for (i = ARG1; i < ARG1 + 6; i++) {
		if (hex_is($i))
			return 0
		text = text $i
	}
	return text != ""
}

function hex_of_file() {
	return FILENAME ~ /^-?$/ ? "" : " of " FILENAME
}

# Line 1 is the tracer's command line, line 2 names the columns.
function hex_head() {
	hex_lost_here = hex_piece = 0
	if (FNR == 1) {
		hex_ready = 0
		hex_before = ""
	} else if (hex_ready)
		return 0
	if (/^PID.+ERR.+RES.+SYSCALL/) {
		hex_name_columns()
		hex_ready = 1
	} else if (FNR == 2)
		hex_die("cannot read line 2" hex_of_file() ": no column names; give what " \
			"'systape-decode -l hex' writes, with its header")
	return 1
}

function hex_name_columns(    i, n, at, name, column, need) {
	at = index($0, "TIME(")
	if (!at || index($0, "ERR") < at)
		at = index($0, "ERR")
	FS = hex_separator(substr($0, 4, at - 4))
	hex_columns = split($0, name, FS)
	hex_unit["DUR"] = "nsec"	# unless the heading says other
	for (i = 1; i <= hex_columns; i++) {
		at = name[i]
		sub(/\(.*/, "", at)
		if (sub(/^[^(]*\(/, "", name[i]))
			hex_unit[at] = substr(name[i], 1, length(name[i]) - 1)
		column[at] = i
	}
	PID = column["PID"] + 0
	TIME = column["TIME"] + 0
	ERR = column["ERR"] + 0
	RES = column["RES"] + 0
	SYSCALL = column["SYSCALL"] + 0
	ARG1 = column["ARG1"] + 0
	AUX = column["AUX_DATA"] + 0
	DUR = column["DUR"] + 0
	TGID = column["TGID"] + 0
	ADDR = column["ADDR"] + 0
	FDS = column["FDS"] + 0
	WHO = TGID ? TGID : PID
	n = split(hex_needs == "-" ? "" : hex_needs, need, " ")
	for (i = 1; i <= n; i++)
		if (need[i] !~ /[?]/ && !column[need[i]])
			hex_die("cannot go on: the lines have no column " need[i] \
				"; run systape-decode with " \
				substr(hex_options(), 2))
	if (!ARG1 || !AUX || column["ARG6"] != ARG1 + 5)
		hex_die("cannot go on: columns ARG1 to ARG6 and AUX_DATA are not all there; " \
			"let systape-decode write them")
}

# The separator as a regular expression that stands for just these characters.
function hex_separator(text,    i, c, out) {
	if (text == "\t")
		return text
	for (i = 1; i <= length(text); i++) {
		c = substr(text, i, 1)
		out = out (c == "\\" ? "\\\\" : c == "^" ? "\\^" : "[" c "]")
	}
	return out
}

function hex_is(text) {
	return length(text) == 16 && text !~ /[^0-9A-F]/
}

# The value of four digits, each computed once.
function hex_word(text,    i, v) {
	v = hex_words[text]
	if (v == "") {
		for (i = 1; i <= 4; i++)
			v = v * 16 + index("0123456789ABCDEF", substr(text, i, 1)) - 1
		hex_words[text] = v
	}
	return v
}

# Unsigned; exact below 2^53, the nearest that awk has above. Times in a row share their top digits.
function hex_num(text,    top) {
	top = substr(text, 1, 12)
	if (top == "000000000000")
		return hex_word(substr(text, 13))
	if (top != hex_top) {
		hex_top = top
		hex_top_value = hex_word(substr(text, 1, 4)) * 65536 + hex_word(substr(text, 5, 4))
		hex_top_value = (hex_top_value * 65536 + hex_word(substr(text, 9, 4))) * 65536
	}
	return hex_top_value + hex_word(substr(text, 13))
}

# All 64 bits in decimal: three limbs of seven digits.
function hex_dec(text,    i, a, b, c) {
	if (substr(text, 1, 3) == "000")
		return sprintf("%.0f", hex_num(text))
	for (i = 1; i <= 13; i += 4) {
		c = c * 65536 + hex_word(substr(text, i, 4))
		b = b * 65536 + int(c / 10000000)
		a = a * 65536 + int(b / 10000000)
		c %= 10000000
		b %= 10000000
	}
	return a ? sprintf("%.0f%07.0f%07.0f", a, b, c) : sprintf("%.0f%07.0f", b, c)
}

# Sums that may pass 2^53: sum_low[] below 10^15, the rest in sum_high[].
function sum_add(key, value) {
	sum_low[key] += value
	if (sum_low[key] >= 1000000000000000) {
		sum_high[key] += int(sum_low[key] / 1000000000000000)
		sum_low[key] %= 1000000000000000
	}
}

# The same for 16 digits: what lies above 2^52 is added as decimal text.
function sum_hex(key, text) {
	if (substr(text, 1, 3) != "000") {
		text = hex_dec(text)
		sum_high[key] += substr(text, 1, length(text) - 15)
		sum_add(key, substr(text, length(text) - 14) + 0)
	} else
		sum_add(key, hex_num(text))
}

function sum_text(key) {
	if (sum_high[key])
		return sprintf("%.0f%015.0f", sum_high[key], sum_low[key])
	return sprintf("%.0f", sum_low[key])
}

function sum_about(key) {
	return sum_high[key] * 1000000000000000 + sum_low[key]
}

# The end. hex_over() leaves when the input or the command line was wrong.
function hex_over() {
	if (!hex_stopped && !hex_columns) {
		hex_say("cannot find the two header lines; " \
			"give what 'systape-decode -l hex' writes")
		hex_stopped = hex_status = 1
	}
	if (hex_stopped)
		exit hex_status
}

# Tables end in their notes; where a program reads the output (`aside` is true) they go to
# standard error.
function hex_note(text, aside) {
	if (aside)
		hex_say(text)
	else
		print "# " text
}

function hex_notes(aside) {
	if (hex_losses)
		hex_note("LOST: " many(sum_text("LOST"), "event was", "events were") " lost, in " \
			many(hex_losses, "place", "places") "; all counts are too low", aside)
	if (hex_strange)
		hex_note(many(hex_strange, "line was", "lines were") \
			" not understood and left out, the first is " hex_strange_at, aside)
}

function many(number, one, more) {
	return (number == "" ? 0 : number) " " (number == 1 ? one : more)
}

# index_[1..n] = the keys of value[], the highest value first, equal ones by key. Returns n.
function sort_down(value, index_,    n, key, width, from, to) {
	for (key in value)
		index_[++n] = key
	for (width = 1; width < n; width *= 2)
		for (from = 1; from + width <= n; from += 2 * width) {
			to = from + 2 * width - 1
			sort_merge(value, index_, from, from + width, to < n ? to : n)
		}
	return n + 0
}

# Merges index_[from..middle-1] and index_[middle..to].
function sort_merge(value, index_, from, middle, to,    i, left, right) {
	for (i = from; i < middle; i++)
		sort_space[i] = index_[i]
	left = i = from
	right = middle
	while (left < middle)
		if (right > to || sort_first(value, sort_space[left], index_[right]))
			index_[i++] = sort_space[left++]
		else
			index_[i++] = index_[right++]
}

function sort_first(value, a, b) {
	return value[a] != value[b] ? value[a] > value[b] : a "" <= b ""
}

# `heads` are the headings, space-separated; one that begins with '<' is a text and stands left.
function table_start(title, heads,    i) {
	if (table_count++)
		print ""
	print title
	table_columns = split(heads, table_head, " ")
	table_rows = 0
	for (i = 1; i <= table_columns; i++) {
		table_left[i] = sub(/^</, "", table_head[i])
		table_width[i] = length(table_head[i])
	}
}

function table_row(a, b, c, d, e, f, g, h, i, j) {
	table_rows++
	table_cell(1, a); table_cell(2, b); table_cell(3, c); table_cell(4, d); table_cell(5, e)
	table_cell(6, f); table_cell(7, g); table_cell(8, h); table_cell(9, i); table_cell(10, j)
}

function table_cell(column, text) {
	if (column > table_columns)
		return
	text = text == "" && table_head[column] != "BAR" ? "-" : text ""
	table_text[table_rows, column] = text
	if (length(text) > table_width[column])
		table_width[column] = length(text)
}

function table_end(    row, i, line) {
	for (i = 1; i <= table_columns; i++)
		table_text[0, i] = table_head[i]
	for (row = 0; row <= table_rows; row++) {
		line = ""
		for (i = 1; i <= table_columns; i++)
			line = line table_pad(table_text[row, i], i)
		sub(/ +$/, "", line)
		print line
	}
	if (!table_rows)
		print "(nothing)"
}

# print and not printf puts the line together: mawk's printf has a limit, and paths are long.
function table_pad(text, column,    gap) {
	gap = column > 1 ? "  " : ""
	if (!table_left[column])
		return gap sprintf("%" table_width[column] "s", text)
	if (column == table_columns || length(text) == table_width[column])
		return gap text
	return gap text sprintf("%" (table_width[column] - length(text)) "s", "")
}

# How many of n rows to show, by the setting top.
function table_top(n) {
	return set["top"] > 0 && set["top"] < n ? int(set["top"]) : n
}

function table_more(shown, n) {
	if (shown < n)
		print "# " n - shown " more " (n - shown == 1 ? "row" : "rows") "; top=0 shows all"
}

# A bar of up to `width` characters; anything above nothing shows.
function bar(value, most, width,    n, text) {
	n = value > 0 ? int(value * width / most + 0.999999) : 0
	if (n && !bar_text)
		bar_text = "##################################################"
	return n ? substr(bar_text, 1, n) : ""
}

# A duration of column DUR in microseconds.
function text_usec(value) {
	return hex_unit["DUR"] == "nsec" ? sprintf("%.3f", value / 1000) : sprintf("%.0f", value)
}
