# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2154
# Sourced by run: what recording costs between pieces of real work, see cold.c.

# At real-time priority where that is allowed: what else the machine does falls on others.
cold_once() {
	local first=()
	chrt -f 20 true 2>/dev/null && first=(chrt -f 20)
	under "$1" "${first[@]}" "$bench/cold" 400 0 2>/dev/null | awk -v n="$1" -v r="$2" 'NF == 3 && $1 ~ /^[0-9]+$/ {print r "|" n "|" $1 "|" $2 "|" $3}'
}

# Of each row what stands above untraced in the same round: the median of the rounds, and the least.
cold_table() {
	sort -t '|' -k 3,3n -s "$dir/cold" | awk -F '|' '
		function nth(list, which,   v, n, i, j, t) {
			n = split(list, v, " ")
			for (i = 2; i <= n; i++)
				for (j = i; j > 1 && v[j] + 0 < v[j - 1] + 0; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
			return v[which == "least" ? 1 : int((n + 1) / 2)] + 0
		}
		{
			row = $3 " | " $4; at = row SUBSEP $2
			if (!(row in rows)) { rows[row]; order[++count] = row }
			if (!($2 in names)) { names[$2]; column[++columns] = $2 }
			if ($2 == "untraced") { base[$1, row] = $5; all[at] = all[at] " " $5 }
			else pending[++kept] = $1 "|" row "|" at "|" $5
		}
		END {
			for (i = 1; i <= kept; i++) {
				n = index(pending[i], "|"); split(pending[i], f, "|")
				row = f[2] "|" f[3]; at = f[4] "|" f[5]
				all[at] = all[at] " " f[6] - base[f[1], row]
			}
			printf "| KiB | call |"
			for (c = 1; c <= columns; c++) printf " %s |", column[c]
			printf " numbers ÷ floor |\n|---:|---|"
			for (c = 0; c <= columns; c++) printf "---:|"
			print ""
			for (i = 1; i <= count; i++) {
				printf "| %s |", order[i]
				for (c = 1; c <= columns; c++)
					printf " %.0f (%.0f) |", nth(all[order[i], column[c]], "median"), nth(all[order[i], column[c]], "least")
				floor = nth(all[order[i], "floor: both empty hooks"], "median")
				if (floor > 0) printf " %.2f |\n", nth(all[order[i], "systape (numbers)"], "median") / floor
				else print " |"
			}
		}'
}

bench_cold() {
	local names=(untraced "floor: both empty hooks" "systape --fast (numbers)" "systape (numbers)" "systape (names)"
		"systape (full, the default)" "kernel's ftrace ring, both events") name i
	command -v perf >/dev/null && names+=("perf record")
	: >"$dir/cold"
	for ((i = 0; i < ROUNDS; i++)); do
		for name in "${names[@]}"; do cold_once "$name" $i >>"$dir/cold"; done
	done
	section "Cold calls"
	echo "Between two calls the program touches so many KiB of its own, in steps of 4 KiB: caches and TLB are its own then, as in a real program."
	echo "Nanoseconds, the median of 400 calls: untraced as they are, of the others what stands above untraced in the same round; medians of the"
	echo "rounds, in brackets the least. \`openat\` and \`close\` are two calls."
	echo
	cold_table
}

# touched_rows NAME OPTION...: of a recorder of the whole machine, which is left to itself
touched_rows() {
	local name=$1
	shift
	start_recorder "$systape" -q -l bin -o "$dir/touched.tape" "$@"
	"$bench/touched" "$recorder" | awk -F '|' -v n="$name" '{sub(/^ /, "", $8); printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", n, $1, $2, $3, $4, $5, $6, $7, $8}'
	stop_recorder
}

bench_touched() {
	section "What a call touches"
	echo "Both programs, as the kernel's verifier has left them, are run over a copy of their maps (tests/bench/touched.c); the mean of 32 calls in"
	echo "a row. Lines of 64 bytes and pages of 4 KiB in the recorder's maps, of both programs together; lines of the thread's own structure;"
	echo "lines of machine code, rounded up to lines of source. What the kernel does around the programs, and their stack, is not in it."
	echo
	echo "| capture | call | instructions | helpers | lines | pages | of the thread | of code | lines/pages by map |"
	echo "|---|---|---:|---:|---:|---:|---:|---:|---|"
	touched_rows numbers --capture numbers
	touched_rows "numbers --fast" --capture numbers --fast
	touched_rows names --capture names
	touched_rows full --capture full
}
