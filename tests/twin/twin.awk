# SPDX-License-Identifier: GPL-2.0-or-later
# Counts compared lines (`=` in both traces, `-` strace's, `+` systape's, `#` between threads) and writes those that
# differ into `report`, grouped by call, most frequent first, in pairs. Used by twin.
function word(line) {
	line = substr(line, 2)
	if (match(line, /^[a-z_0-9]+\(/))
		return substr(line, 1, RLENGTH - 1)
	if (match(line, /^(---|\+\+\+) [^ ]+( by)?/))
		return substr(line, 1, RLENGTH)
	return "other lines"
}
function put(w, text) {
	lines[w, ++many[w]] = text
}
# The lines that differ in one place: pairs of the same call first, the rest as they are.
function flush(   i, j, w) {
	for (i = j = 1; i <= ours || j <= theirs; ) {
		if (i <= ours && j <= theirs) {
			w = word(old[j])
			put(w, old[j] "\n" new[i])
			i++; j++
		} else if (j <= theirs) {
			put(word(old[j]), old[j] "\n+")
			j++
		} else {
			put(word(new[i]), "-\n" new[i])
			i++
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
