# SPDX-License-Identifier: GPL-2.0-or-later
# Counts compared lines (`=` in both traces, `-` strace's, `+` systape's, `#` between threads) and writes those that
# differ into `report`, grouped by call, most frequent first, in pairs, and all of them into `pairs`. Used by twin.
function word(line) {
	line = substr(line, 2)
	if (match(line, /^[a-z_0-9]+\(/))
		return substr(line, 1, RLENGTH - 1)
	if (match(line, /^(---|\+\+\+) [^ ]+( by)?/))
		return substr(line, 1, RLENGTH)
	return "other lines"
}
function put(w, theirs_, ours_) {
	if (++many[w] <= 100)
		lines[w, many[w]] = "-" theirs_ "\n+" ours_
	print theirs_ "\t" ours_ > pairs
}
# Whether one of the next of our lines is for the call of their line j.
function partner(i, j,   k) {
	for (k = i; k <= ours && k < i + 50; k++)
		if (word(new[k]) == word(old[j]))
			return 1
	return 0
}
# The lines that differ in one place, in pairs where both have the call.
function flush(   i, j) {
	for (i = j = 1; i <= ours || j <= theirs; ) {
		if (i <= ours && j <= theirs && word(old[j]) == word(new[i])) {
			put(word(old[j]), substr(old[j], 2), substr(new[i], 2))
			i++; j++
		} else if (i <= ours && (j > theirs || partner(i, j))) {
			put(word(new[i]), "", substr(new[i], 2))
			i++
		} else {
			put(word(old[j]), substr(old[j], 2), "")
			j++
		}
		different++
	}
	ours = theirs = 0
}
/^=/ { flush(); same++; next }
/^#/ { flush(); next }
/^-/ { old[++theirs] = $0; next }
/^\+/ { new[++ours] = $0; next }
END {
	flush()
	printf "" > report
	printf "" > pairs
	for (;;) {
		best = ""
		for (w in many)
			if (best == "" || many[w] > many[best] || (many[w] == many[best] && w < best))
				best = w
		if (best == "")
			break
		printf "%d %s\n", many[best], best > report
		for (i = 1; i <= many[best] && i <= 100; i++)
			print lines[best, i] > report
		print "" > report
		delete many[best]
	}
	printf "FIGURE twin %s %d/%d (%.3f %%)\n", name, same, same + different, same + different ? 100 * same / (same + different) : 0
	exit same + different == 0
}
