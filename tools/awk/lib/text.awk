# text: a call as a line that resembles strace's.

# Small numbers in decimal, negative ones of an int or a long as such, all others in hex.
function text_number(text,    low) {
	if (substr(text, 1, 12) == "000000000000")
		return hex_word(substr(text, 13)) ""
	if (text ~ /^(00000000|FFFFFFFF)FFFF/ && (low = hex_int(text)) < 0)
		return sprintf("%.0f", low)
	sub(/^0+/, "", text)
	return "0x" tolower(text)
}

function text_argument(column,    text) {
	text = $column
	if (!hex_is(text)) {
		gsub(/"/, "\\\"", text)
		return "\"" text "\""
	}
	if (column == ARG1 && substr(text, 9) == "FFFFFF9C" && $SYSCALL ~ /at[0-9]?$|^statx$/)
		return "AT_FDCWD"
	return text_number(text)
}

function text_call(    i, last, out) {
	for (i = last = ARG1 - 1; i < ARG1 + 6; i++)
		if ($i != "" && i >= ARG1)
			last = i
	for (i = ARG1; i <= last; i++)
		out = out (i > ARG1 ? ", " : "") text_argument(i)
	return $SYSCALL "(" out ")"
}

function text_result() {
	if ($RES == "")
		return "?"
	return $ERR == "0000000000000000" ? text_number($RES) : "-1 " errno_name($ERR)
}

# A duration of column DUR in microseconds.
function text_usec(value) {
	return hex_unit["DUR"] == "nsec" ? sprintf("%.3f", value / 1000) : sprintf("%.0f", value)
}
