#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# plot: an SVG drawing of a table.
# library: hex
# To the shell the next line starts awk on this file; to awk it is nothing.
false && /; exec "$(dirname "$(readlink -f "$0")")"\/lib\/run "$0" "$@" # / { }

BEGIN {
	hex_begin("plot",
		"Draws a table that another script wrote, as SVG: 'calls.awk FILE | plot.awk'.\n" \
		"Bars for names; columns along an axis where the first heading is FROM.",
		"table=- which table: its number, or words of its title; else the first\n" \
		"value=- heading of the numbers to draw; else the first, in a timeline CALLS\n" \
		"label=- heading of the names; else the last\n" \
		"top=30 rows at most (not in a timeline)\n" \
		"title=- else the table's own", "-")
}

# The tables: a title, headings, rows of cells two spaces apart; '#' begins a note.
/^#/ { note[++notes] = $0; next }

/^$/ { state = 0; next }

!state { state = 1; title = $0; next }

state == 1 {
	state = 2
	if (split($0, cell, /  +/) < 2 && $0 !~ / /) {
		state = 0
		next
	}
	tables++
	chosen = !found && (set["table"] ~ /^([0-9]+|-)$/ ? \
		tables == (set["table"] == "-" ? 1 : set["table"]) : \
		index(title, set["table"]))
	if (chosen)
		headings()
	next
}

chosen && $0 != "(nothing)" { row() }

END {
	if (hex_stopped)
		exit hex_status
	if (!found)
		fail("cannot find table " set["table"] " among " tables + 0 \
			"; give table=NUMBER or words of a title")
	if (!rows)
		fail("cannot draw '" heading "': it has no rows")
	if (set["title"] != "-")
		heading = set["title"]
	for (i = 1; i <= rows; i++)
		if (number[i] > most)
			most = number[i]
	if (along)
		columns()
	else
		bars()
}

function fail(text) {
	hex_say(text)
	exit 1
}

function cells(text) {
	sub(/^ +/, "", text)
	return split(text, cell, /  +/)
}

function headings(    i, n, wanted) {
	found = 1
	heading = title
	n = width = cells($0)
	along = cell[1] ~ /^FROM/ && set["label"] == "-"
	wanted = set["value"]
	if (wanted == "-")
		wanted = !along ? cell[1] : cell[2] == "BELOW" ? "COUNT" : "CALLS"
	for (i = 1; i <= n; i++) {
		if (cell[i] == wanted)
			value = i
		if (cell[i] == set["label"])
			label = i
		if (cell[i] == "LOST" && along)
			loss = i
	}
	if (set["label"] == "-")
		label = along ? 1 : n
	if (!value || !label)
		fail("cannot find heading " (value ? set["label"] : wanted) " in '" title \
			"'; it has: " $0)
	unit = cell[value]
	axis = cell[1]
}

# The last cell may itself have several spaces in a row.
function row(    n, i) {
	if (!along && rows >= set["top"]) {
		dropped++
		return
	}
	n = cells($0)
	for (i = width + 1; i <= n; i++)
		cell[width] = cell[width] "  " cell[i]
	if (cell[value] !~ /^[0-9.]+$/) {
		strange++
		return
	}
	number[++rows] = cell[value] + 0
	shown[rows] = cell[value]
	text[rows] = cell[label]
	lost[rows] = loss ? cell[loss] : 0
}

function escape(text) {
	gsub(/&/, "\\&amp;", text)
	gsub(/</, "\\&lt;", text)
	gsub(/>/, "\\&gt;", text)
	return text
}

function start(width, height) {
	print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" width "\" height=\"" height \
		"\" viewBox=\"0 0 " width " " height "\" font-family=\"sans-serif\" " \
		"font-size=\"12\">"
	print "<rect width=\"" width "\" height=\"" height "\" fill=\"#ffffff\"/>"
	write(16, 26, heading, "font-size=\"16\" font-weight=\"bold\"")
}

function write(x, y, words, style) {
	print "<text x=\"" x "\" y=\"" y "\" " style ">" escape(words) "</text>"
}

function box(x, y, width, height, words, colour) {
	printf "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"", x, y, width, height
	print " fill=\"" (colour == "" ? "#3b6ea5" : colour) "\"><title>" escape(words) \
		"</title></rect>"
}

# What limits the reading of the figure stands in it: losses, lines left out.
function finish(y,    i) {
	for (i = 1; i <= notes; i++)
		write(16, y + 16 * i, substr(note[i], 3),
			note[i] ~ /LOST/ ? "fill=\"#b00020\"" : "fill=\"#666666\"")
	print "</svg>"
	if (dropped)
		hex_say(dropped " rows are not drawn; top=N draws more")
	if (strange)
		hex_say(strange " rows have no number under " unit " and are not drawn")
}

function bars(    i, y, left, long) {
	for (i = 1; i <= rows; i++)
		if (length(text[i]) > long)
			long = length(text[i])
	if (long > 60)
		long = 60
	left = 24 + long * 7
	start(left + 560, 62 + rows * 20 + notes * 16 + 12)
	write(left, 46, unit, "fill=\"#666666\"")
	for (i = 1; i <= rows; i++) {
		y = 54 + (i - 1) * 20
		write(left - 8, y + 13, short(text[i]), "text-anchor=\"end\"")
		long = most ? number[i] / most * 440 : 0
		box(left, y + 2, long, 15, text[i] ": " shown[i])
		write(sprintf("%.1f", left + long + 6), y + 13, shown[i], "fill=\"#333333\"")
	}
	finish(54 + rows * 20)
}

# The end of a path says more than its beginning.
function short(words) {
	return length(words) > 60 ? "..." substr(words, length(words) - 56) : words
}

function columns(    i, step, wide, x, y, scale) {
	wide = 840 / rows
	scale = round(most)
	start(940, 380 + notes * 16)
	write(16, 46, unit, "fill=\"#666666\"")
	for (i = 0; i <= 4; i++) {
		y = 320 - i * 65
		print "<line x1=\"80\" y1=\"" y "\" x2=\"920\" y2=\"" y "\" stroke=\"#dddddd\"/>"
		write(74, y + 4, tick(scale * i / 4), "text-anchor=\"end\" fill=\"#333333\"")
	}
	step = int((rows + 11) / 12)
	for (i = 1; i <= rows; i++) {
		x = 80 + (i - 1) * wide
		if (number[i])
			box(x + wide * 0.08, 320 - number[i] / scale * 260, wide * 0.84,
				number[i] / scale * 260, text[i] ": " shown[i])
		if (lost[i] > 0)
			box(x, 320, wide, 5, text[i] ": " lost[i] " events lost", "#b00020")
		if ((i - 1) % step == 0)
			write(sprintf("%.1f", x), 340, brief(text[i]), "fill=\"#333333\"")
	}
	write(80, 358, axis, "fill=\"#666666\"")
	finish(360)
}

# 0.200000 is 0.2.
function brief(text) {
	if (index(text, "."))
		sub(/[.]?0+$/, "", text)
	return text
}

# The next number of the form 1, 2, 4, 8 times a power of ten: its quarters are short.
function round(value,    power, i) {
	if (value <= 0)
		return 4
	for (power = 1; power * 8 < value; power *= 10)
		;
	for (i = 1; i < 8 && power * i < value; i *= 2)
		;
	return power * i
}

function tick(value) {
	return value == int(value) ? sprintf("%.0f", value) : sprintf("%.2f", value)
}
