# table: sorting, and tables that people and programs can read.
#
# A table is a title, a line of headings, and rows; columns stand two or more spaces apart (one
# space is part of a text), the last may be any text; an empty line ends it. plot.awk draws them.

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

function percent(part, whole) {
	return whole ? sprintf("%.1f", 100 * part / whole) : "0.0"
}

# A bar of up to `width` characters; anything above nothing shows.
function bar(value, most, width,    n, text) {
	n = value > 0 ? int(value * width / most + 0.999999) : 0
	if (n && !bar_text)
		bar_text = "##################################################"
	return n ? substr(bar_text, 1, n) : ""
}
