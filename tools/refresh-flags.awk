# SPDX-License-Identifier: GPL-2.0-or-later
# refresh-flags.awk: the text work of tools/refresh-flags, one mode per step; it tells the notation.
#
#	includes	spec -> the C lines that include its headers, as far as they exist
#	names	preprocessed headers (-E -dD) -> "NAME TEXT" of each plain macro, "NAME" of the rest
#	probe	names, spec -> the C code that prints the value of each constant asked for
#	join	names, values, spec -> table, sort key, text, value, mask (tabs between)
#	write	the joined rows in order of tables -> flags.def
#	new	names, spec -> "TABLE: NAME" of what the headers have beyond the spec, or lack
#	newer	names, the output of new -> those lines of it whose name is not among the names

function is_names() { return NR == FNR && mode ~ /^(probe|join|new|newer)$/ && FILENAME != "-" }

# Splits the item off the front of `rest`: sets item, text, value, since, mask; false at the end.
function next_item(	end) {
	sub(/^[ \t]+/, "", rest)
	if (rest == "" || rest ~ /^#/)
		return 0
	text = value = since = mask = ""
	if (rest ~ /^"/) {
		end = index(substr(rest, 2), "\"")
		text = substr(rest, 2, end - 1)
		rest = substr(rest, end + 2)
		match(rest, /^[^ \t]*/)
	} else {
		match(rest, /^[^ \t]+/)
	}
	item = substr(rest, 1, RLENGTH)
	rest = substr(rest, RLENGTH + 1)
	if (match(item, /@[0-9.]+$/)) {
		since = substr(item, RSTART + 1)
		item = substr(item, 1, RSTART - 1)
	}
	if (match(item, /=-?[0-9][0-9a-fx]*$/)) {
		value = substr(item, RSTART + 1)
		item = substr(item, 1, RSTART - 1)
	}
	if (match(item, /\/[A-Za-z0-9_]+$/)) {
		mask = substr(item, RSTART + 1)
		item = substr(item, 1, RSTART - 1)
	}
	if (text == "")
		text = item
	return 1
}

# A line of a spec: keeps the state in table, unknown, position; leaves the items in `rest`.
function spec_line(	word, n) {
	rest = ""
	if ($0 ~ /^(#|include )/ || $0 ~ /^[ \t]*$/)
		return
	if ($1 == "table") {
		table = $2
		unknown = $3
		position = 0
		sorted = 0
		if (mode == "join")
			print table "\t\tunknown\t" unknown "\t0"
		return
	}
	if ($1 == "same") {
		if (mode == "join")
			print $2 "\t\tsame\t" $3 "\t0"
		return
	}
	if ($1 == "sorted") {
		sorted = 1
		return
	}
	if ($1 == "skip") {
		for (n = 2; n <= NF; n++)
			skipped[$n] = 1
		return
	}
	if ($1 == "collect") {
		pattern = $2
		for (word = 1; word <= macros; word++)
			if (body[macro[word]] ~ pattern && !(macro[word] in skipped))
				rest = rest " " macro[word]
		return
	}
	rest = $0
}

# Every identifier of the text is known to the headers.
function known(text,	word) {
	while (match(text, /[A-Za-z_][A-Za-z0-9_]*/)) {
		word = substr(text, RSTART, RLENGTH)
		text = substr(text, RSTART + RLENGTH)
		if (!(word in header))
			return 0
	}
	return 1
}

mode == "includes" {
	if ($1 == "include")
		printf "#if __has_include(<%s>)\n#include <%s>\n#endif\n", $2, $2
	next
}

mode == "names" {
	if ($1 == "#define") {
		if ($2 ~ /\(/) {
			sub(/\(.*/, "", $2)
			print $2
		} else {
			name = $2
			sub(/^#define[ \t]+[A-Za-z0-9_]+[ \t]*/, "")
			print name, $0
		}
		next
	}
	if ($0 ~ /^#/)
		next
	while (match($0, /[A-Za-z_][A-Za-z0-9_]*/)) {
		name = substr($0, RSTART, RLENGTH)
		$0 = substr($0, RSTART + RLENGTH)
		if (!(name in seen))
			print name
		seen[name] = 1
	}
	next
}

is_names() {
	if (NF > 1 && !($1 in body)) {
		macro[++macros] = $1
		body[$1] = substr($0, length($1) + 2)
	}
	if (mode == "new" && !($1 in header) && $1 ~ /^_*[A-Z][A-Z0-9_]*$/)
		order[++ordered] = $1
	header[$1] = 1
	next
}

mode == "probe" {
	if (FNR == 1) {
		print "#define P(n, e, m) printf(\"%d\\t0x%016llx\\t0x%016llx\\n\", n, \\"
		print "\tsizeof(e) <= 4 ? (unsigned int)(e) : (unsigned long long)(e), \\"
		print "\t(unsigned long long)(m))"
		print "int main(void)\n{"
	}
	spec_line()
	while (next_item()) {
		asked++
		if (value == "" || (since != "" && known(text)))
			printf "\tP(%d, (%s), (%s));\n", asked, text, mask == "" ? "0" : mask
		else
			printf "\tP(%d, (%sULL), (%s));\n", asked, value, mask == "" ? "0" : mask
	}
	next
}
mode == "join" && FILENAME ~ /values$/ {
	answer[$1] = $2
	answer_mask[$1] = $3
	next
}
mode == "join" {
	spec_line()
	while (next_item()) {
		asked++
		key = sorted ? answer[asked] text : sprintf("%06d", ++position)
		print table "\t" key "\t" text "\t" answer[asked] "\t" answer_mask[asked]
	}
	next
}

mode == "newer" {
	if (!($2 in header))
		print
	next
}

mode == "new" {
	spec_line()
	while (next_item()) {
		if (value == "" && !known(text))
			print table ": " text " is not in the headers"
		if (since != "" && other == "" && known(text))
			print table ": " text " is marked @" since " and is in the headers"
		while (match(text, /[A-Za-z_][A-Za-z0-9_]*/)) {
			name = substr(text, RSTART, RLENGTH)
			text = substr(text, RSTART + RLENGTH)
			table_of[name] = table
			family[table] = table in family ? common(family[table], name) : name
		}
	}
	next
}

# The longest beginning of both that ends in an underscore.
function common(a, b,	n) {
	for (n = 1; n <= length(a) && substr(a, n, 1) == substr(b, n, 1); n++)
		;
	a = substr(a, 1, n - 1)
	sub(/[^_]*$/, "", a)
	return a
}

# A name is new if it stands in its header not far behind one of a table, and is of its family.
function new_names(	n, name) {
	for (table in family)
		sub(/[^_]*$/, "", family[table])
	for (n = 1; n <= ordered; n++) {
		name = order[n]
		if (name in table_of)
			seen_at[table_of[name]] = n
		else if (name !~ /^_|(_MAX|_MASK|_SHIFT|_LAST|_BITS|_NAME|_NUM|_SIZE|_PAD)[0-9]*_*$/)
			print_new(name, n)
	}
}

function print_new(name, n,	owner, best) {
	for (owner in seen_at)
		if (n - seen_at[owner] < 40 && length(family[owner]) >= 3 &&
		    index(name, family[owner]) == 1 &&
		    (best == "" || length(family[owner]) > length(family[best])))
			best = owner
	if (best != "")
		print best ": " name
}

END {
	if (mode == "probe")
		print "\treturn 0;\n}"
	if (mode == "new")
		new_names()
	if (mode == "write")
		finish()
}

mode == "write" {
	if (NR == 1) {
		print "/* SPDX-License-Identifier: GPL-2.0-or-later */"
		print "/*\n * Made by tools/refresh-flags, not for editing: format/flags/ with the"
		print " * headers of Linux " release ".\n */"
	}
	if ($1 != table) {
		table = $1
		names[++tables] = table
	}
	if ($2 == "" && $3 == "same") {
		same_as[table] = $4
	} else if ($2 == "") {
		unknown_of[table] = $4
	} else {
		if (opened != table) {
			if (opened != "")
				print "};\n"
			print "static const struct flag_value values_" table "[] = {"
			opened = table
			ascending[table] = 1
			last = ""
		}
		if ($4 < last)
			ascending[table] = 0
		last = $4
		text = $3
		gsub(/\\/, "\\\\", text)
		print "\tV(\"" text "\", " hex($4) ", " hex($5) "),"
	}
}

# 0x00000000000000ff -> 0xff
function hex(digits) {
	sub(/^0x0*/, "", digits)
	return digits == "" ? "0" : "0x" digits
}

function finish(	n, of) {
	print "};\n\nstatic const struct flag_table tables[] = {"
	for (n = 1; n <= tables; n++) {
		# "???-" would read as a trigraph
		if (match(unknown_of[names[n]], /\?\?[-()!<>=]/))
			unknown_of[names[n]] = substr(unknown_of[names[n]], 1, RSTART) "\\" \
				substr(unknown_of[names[n]], RSTART + 1)
		of = names[n] in same_as ? same_as[names[n]] : names[n]
		if (!(of in ascending)) {
			print "\tEMPTY(" names[n] ", \"" unknown_of[of] "\"),"
			continue
		}
		print "\tT(" names[n] ", " of ", \"" unknown_of[of] "\", " ascending[of] "),"
	}
	print "};"
}
