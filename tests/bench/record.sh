# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash disable=SC2154
# Sourced by run: what recording costs.

# under NAME COMMAND...: runs it under one contender
under() {
	local tape=$dir/cost.tape own=(taskset -c "$(($(nproc) - 1))" "$systape" -q -l bin -o "$dir/cost.tape") name=$1
	shift
	case $name in
	untraced) "$@" ;;
	"floor: both empty hooks") "$bench/floor" "$bench/floor.bpf.o" "$@" ;;
	"systape (numbers)") "${own[@]}" --capture numbers "$@" ;;
	"systape (names)") "${own[@]}" --capture names "$@" ;;
	"systape --fast (numbers)") "${own[@]}" --capture numbers --fast "$@" ;;
	"systape (full, the default)") "${own[@]}" "$@" ;;
	"systape -b ftrace") "${own[@]}" -b ftrace "$@" ;;
	"systape -b perf") "${own[@]}" -b perf "$@" ;;
	"kernel's ftrace ring, both events") raw_ftrace "$@" ;;
	"the same, of chosen threads only") raw_ftrace chosen "$@" ;;
	"perf record") taskset -c "$(($(nproc) - 1))" perf record -q -o "$tape" -e raw_syscalls:sys_enter,raw_syscalls:sys_exit "$@" ;;
	"perf trace") perf trace -o /dev/null "$@" ;;
	"bpftrace (counts only)") bpftrace -q -e 'tracepoint:raw_syscalls:sys_exit {@ = count()}' -c "$*" ;;
	"trace-cmd record") trace-cmd record -q -o "$tape" -e raw_syscalls "$@" ;;
	"strace --seccomp-bpf -e execve") strace -f --seccomp-bpf -e trace=execve -o /dev/null "$@" ;;
	strace) strace -o /dev/null "$@" ;;
	esac
}

# once NAME: nanoseconds per call of a loop under one contender; the slow ones make fewer
once() {
	local calls=400000
	case $1 in
	strace) calls=4000 ;;
	"perf trace") calls=20000 ;;
	"perf record" | bpftrace* | trace-cmd*) calls=100000 ;;
	"systape -b "*) calls=200000 ;;
	esac
	under "$1" "$bench/loop" $calls 0 2>/dev/null | grep -x '[0-9.]*' | tail -n 1
}

raw_ftrace() {
	local instance=$tracing/instances/systape-bench
	mkdir "$instance" || return
	echo mono >"$instance/trace_clock"
	if [ "$1" = chosen ]; then
		shift
		echo 1 >"$instance/options/event-fork"
		echo $BASHPID >"$instance/set_event_pid"
	fi
	echo 1 >"$instance/events/raw_syscalls/enable"
	"$@"
	echo 0 >"$instance/events/raw_syscalls/enable"
	rmdir "$instance"
}

bench_cost() {
	local names=(untraced "floor: both empty hooks" "systape (numbers)" "systape --fast (numbers)" "systape (full, the default)"
		"kernel's ftrace ring, both events" "the same, of chosen threads only" "systape -b ftrace" "systape -b perf") name i value
	command -v perf >/dev/null && names+=("perf record" "perf trace")
	command -v bpftrace >/dev/null && names+=("bpftrace (counts only)")
	command -v trace-cmd >/dev/null && names+=("trace-cmd record")
	command -v strace >/dev/null && names+=("strace --seccomp-bpf -e execve" strace)
	fresh
	for ((i = 0; i < ROUNDS; i++)); do
		for name in "${names[@]}"; do
			value=$(once "$name")
			[ -n "$value" ] && keep "$name" "$value"
		done
	done
	section "Cost per call"
	echo "\`getppid\` in a loop on one CPU, nanoseconds per call; the ratio is of what stands above untraced, by least and by median."
	echo
	echo "| under | least | median | most | above untraced | ÷ floor | ÷ floor (medians) |"
	echo "|---|---:|---:|---:|---:|---:|---:|"
	while read -r name; do
		echo "$name|$(stats "$name")"
	done <"$dir/order" | awk -F '|' '{
		split($2, v, " ")
		if (NR == 1) { least = v[1]; median = v[2] }
		if (NR == 2) { floor = v[1] - least; middle = v[2] - median }
		printf "| %s | %.0f | %.0f | %.0f |", $1, v[1], v[2], v[3]
		if (NR == 1) print " | | |"
		else printf " %.0f | %.2f | %.2f |\n", v[1] - least, (v[1] - least) / floor, (v[2] - median) / middle
	}'
}

# The mixed job: alone, or while the whole machine is recorded.
job_under() {
	case $1 in
	untraced) elapsed tests/bench/mixed ;;
	"systape, whole machine, "*) start_recorder "$systape" -q -l bin --capture "${1##*, }" -o "$dir/job.tape"
		elapsed tests/bench/mixed
		stop_recorder ;;
	"perf record -a") start_recorder perf record -q -a -o "$dir/job.perf" -e raw_syscalls:sys_enter,raw_syscalls:sys_exit
		elapsed tests/bench/mixed
		stop_recorder ;;
	"strace -f --seccomp-bpf, 2 calls") elapsed strace -f --seccomp-bpf -e trace=openat,execve -o "$dir/job.strace" tests/bench/mixed ;;
	"strace -f") elapsed strace -f -o "$dir/job.strace" tests/bench/mixed ;;
	esac
}

bench_job() {
	local names=(untraced "systape, whole machine, numbers" "systape, whole machine, names" "systape, whole machine, full") name i
	command -v perf >/dev/null && names+=("perf record -a")
	command -v strace >/dev/null && names+=("strace -f --seccomp-bpf, 2 calls")
	fresh
	tests/bench/mixed >/dev/null 2>&1
	for ((i = 0; i < ROUNDS; i++)); do
		for name in "${names[@]}"; do
			keep "$name" "$(job_under "$name")"
		done
	done
	command -v strace >/dev/null && keep "strace -f" "$(job_under "strace -f")"
	section "A mixed job"
	echo "12 small compilations, find, grep, tar; elapsed seconds. \`strace -f\` ran once."
	echo
	echo "| under | least | median | most | ÷ untraced | ÷ untraced (medians) |"
	echo "|---|---:|---:|---:|---:|---:|"
	while read -r name; do
		echo "$name|$(stats "$name")"
	done <"$dir/order" | awk -F '|' '{
		split($2, v, " ")
		if (NR == 1) { least = v[1]; median = v[2] }
		printf "| %s | %.3f | %.3f | %.3f | %.2f | %.2f |\n", $1, v[1], v[2], v[3], v[1] / least, v[2] / median
	}'
}

size_row() {
	local name=$1 file=$2 calls=$3
	[ -n "$calls" ] && stat -c %s "$file" | awk -v n="$name" -v c="$calls" '{printf "| %s | %d | %.2f |\n", n, c, $1 / c}'
}

bench_size() {
	local level codec calls
	section "Bytes on disk"
	echo "The mixed job as one command with its children, both times of every call."
	echo
	echo "| what | calls | bytes per call |"
	echo "|---|---:|---:|"
	for codec in zstd:-1 zstd:1 zstd:-3 zstd:9 zlib none; do
		for level in numbers names full; do
			"$systape" -f -l bin --capture $level --compress $codec -o "$dir/size.tape" tests/bench/mixed >/dev/null 2>"$dir/size.err"
			calls=$(number_before "$dir/size.err" "calls recorded")
			size_row "systape --capture $level --compress $codec" "$dir/size.tape" "$calls"
		done
	done
	if command -v perf >/dev/null; then
		perf record -q -o "$dir/size.perf" -e raw_syscalls:sys_enter,raw_syscalls:sys_exit tests/bench/mixed >/dev/null 2>&1
		size_row "perf record" "$dir/size.perf" "$calls"
	fi
	if command -v strace >/dev/null; then
		strace -f -o "$dir/size.strace" tests/bench/mixed >/dev/null 2>&1
		size_row "strace -f (text, no times)" "$dir/size.strace" "$(wc -l <"$dir/size.strace")"
	fi
}

# recorder_row NAME SECONDS COMMAND...: at full load of every CPU
recorder_row() {
	local name=$1 seconds=$2 cpu calls lost
	shift 2
	for ((cpu = 0; cpu < $(nproc); cpu++)); do start_load $cpu; done
	"$bench/usage" "$dir/usage" "$seconds" "$@" >"$dir/full.out" 2>&1
	stop_load
	calls=$(number_before "$dir/full.out" "calls recorded")
	lost=$(number_before "$dir/full.out" "lost")
	awk -v n="$name" -v c="${calls:-0}" -v l="${lost:-0}" -v s="$seconds" '{
		if (c) printf "| %s | %d | %.1f | %d | %.1f | %.0f |\n", n, s, c / 1e6, l, $2 * 1e9 / c, $4 * 1000
	}' "$dir/usage"
}

# What perf record does of the same load: it says how many samples it took, two for a call, and not how many it lost.
recorder_perf_row() {
	local cpu
	for ((cpu = 0; cpu < $(nproc); cpu++)); do start_load $cpu; done
	"$bench/usage" "$dir/usage" 4 perf record -a -o "$dir/full.perf" -e raw_syscalls:sys_enter,raw_syscalls:sys_exit >"$dir/full.out" 2>&1
	stop_load
	rm -f "$dir/full.perf"
	awk -v c="$(number_before "$dir/full.out" samples)" '{
		if (c) printf "| perf record -a | 4 | %.1f | not told | %.1f | %.0f |\n", c / 2e6, $2 * 2e9 / c, $4 * 1000
	}' "$dir/usage"
}

jobs_after() {
	local i
	sleep 2
	for ((i = 0; i < $1; i++)); do tests/bench/mixed; done
}

# mixed_recorder JOBS OPTION...: calls and CPU seconds of a recorder that follows a shell with so many mixed jobs
mixed_recorder() {
	local jobs=$1 shell
	shift
	bash -c "jobs_after $jobs" >/dev/null 2>&1 &
	shell=$!
	"$bench/usage" "$dir/usage" 0 "$systape" -f -l bin "$@" -o "$dir/mixed.tape" -p $shell >"$dir/mixed.err" 2>&1
	echo "$(number_before "$dir/mixed.err" "calls recorded") $(awk '{print $2}' "$dir/usage")"
}

bench_mixed_recorder() {
	local level codec
	export -f jobs_after
	echo
	echo "The same on mixed calls: eight mixed jobs, followed from outside; what the recorder takes with no job at all stands apart."
	echo
	echo "| recorder | calls | seconds of CPU without jobs | with them | ns per further call |"
	echo "|---|---:|---:|---:|---:|"
	for codec in zstd:-1 zstd:1; do
		for level in numbers names full; do
			echo "$(mixed_recorder 0 --capture $level --compress $codec) $(mixed_recorder 8 --capture $level --compress $codec)" |
				awk -v n="systape --capture $level --compress $codec" '{
					if ($3 > $1) printf "| %s | %d | %.3f | %.3f | %.1f |\n", n, $3, $2, $4, ($4 - $2) * 1e9 / ($3 - $1)
				}'
		done
	done
}

bench_recorder() {
	section "The recorder at full load of every CPU"
	echo "\`getppid\` in a loop on each CPU, default buffers; CPU time of the recorder itself, loading its programs, packing and writing included."
	echo
	echo "| recorder | seconds | million calls | lost | ns of CPU per call | ms to end |"
	echo "|---|---:|---:|---:|---:|---:|"
	recorder_row "systape" "$LOAD" "$systape" -l bin -o "$dir/full.tape"
	for codec in zstd:1 zstd:-3 none; do
		recorder_row "systape --compress $codec" 10 "$systape" -l bin --compress $codec -o "$dir/codec.tape"
	done
	rm -f "$dir/codec.tape"
	command -v perf >/dev/null && recorder_perf_row
	bench_mixed_recorder
}

# attach_once NAME OPTION...: keeps how long a recorder takes from its start until it records a program that runs, and from Ctrl-C
# until it has ended with its tape complete
attach_once() {
	local name=$1 from=$EPOCHREALTIME recorder line
	shift
	"$systape" -d -q -l bin -o "$dir/attach.tape" -p $$ "$@" 2>"$dir/said" &
	recorder=$!
	exec 9<"$dir/said"
	while read -r -u 9 line && [ "$line" != "systape: recording" ]; do :; done
	keep "$name: attach" "$(since "$from")"
	sleep 0.1
	from=$EPOCHREALTIME
	kill -INT $recorder
	wait $recorder
	keep "$name: detach" "$(since "$from")"
	exec 9<&-
	sleep 0.5 # what the kernel gives back after the end belongs to this one, not to the next
}

ms_table() {
	while read -r name; do
		echo "$name|$(stats "$name")"
	done <"$dir/order" | awk -F '|' '{split($2, v, " "); printf "| %s | %.0f | %.0f | %.0f |\n", $1, v[1] * 1000, v[2] * 1000, v[3] * 1000}'
}

bench_attach() {
	local level backend i
	mkfifo "$dir/said"
	fresh
	for ((i = 0; i < ROUNDS; i++)); do
		for backend in bpf ftrace perf; do attach_once "$backend" -b $backend; done
		attach_once "bpf --capture numbers" -b bpf --capture numbers
		attach_once "bpf --descriptors" -b bpf --descriptors
	done
	section "Attach and detach"
	echo "Milliseconds from the start until a running program is recorded, and from Ctrl-C until the recorder has ended; full capture."
	echo "The target is 100."
	echo
	echo "| backend | least | median | most |"
	echo "|---|---:|---:|---:|"
	ms_table
	fresh
	for ((i = 0; i < ROUNDS; i++)); do
		keep nothing "$(elapsed true)"
		for level in numbers names full; do
			keep "systape --capture $level true" "$(elapsed "$systape" -q -l bin -o "$dir/attach.tape" --capture $level true)"
		done
		command -v perf >/dev/null && keep "perf record true" "$(elapsed perf record -q -o "$dir/attach.perf" -e raw_syscalls:sys_enter,raw_syscalls:sys_exit true)"
		command -v strace >/dev/null && keep "strace true" "$(elapsed strace -o /dev/null true)"
	done
	section "Start and end"
	echo "Elapsed milliseconds of recording \`true\`: attach, run, detach."
	echo
	echo "| command | least | median | most |"
	echo "|---|---:|---:|---:|"
	ms_table
}
