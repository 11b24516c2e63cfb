# SPDX-License-Identifier: GPL-2.0-or-later
# mknumbers: numbers.tbl as C constants, NR_X86_64_execve and so on, for code that is about one call. x32 has the numbers of
# x86-64, but for calls whose structures differ: those of arch/x86/entry/syscalls/syscall_64.tbl that are x32's alone.
BEGIN {
	print "/* Generated from format/calls/numbers.tbl by format/calls/mknumbers.awk. */"
	print "#ifndef SYSTAPE_CALL_NUMBERS_H\n#define SYSTAPE_CALL_NUMBERS_H\n\nenum {"
	split("X86_64 I386 AARCH64", arch, " ")
}
/^#/ || NF < 4 { next }
{
	for (i = 1; i <= 3; i++)
		if ($(i + 1) != "-")
			print "\tNR_" arch[i] "_" $1 " = " $(i + 1) ","
}
END {
	print "\tNR_X32_execve = 520,\n\tNR_X32_rt_sigqueueinfo = 524,\n\tNR_X32_rt_tgsigqueueinfo = 536,\n\tNR_X32_execveat = 545,"
	print "};\n\n#endif"
}
