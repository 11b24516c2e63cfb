# SPDX-License-Identifier: GPL-2.0-or-later
# Writes trace.h from record.h: the part between its marks, made self-contained, with a cursor over records.
BEGIN {
	print "/* SPDX-License-Identifier: GPL-2.0-or-later WITH Linux-syscall-note */"
	print "/*"
	print " * trace.h: the layout of a systape tape, version 1, generated from systape's own definitions; see"
	print " * systape-tape(5). With libc alone a C program can walk a tape that `systape-decode -l bin` unpacked:"
	print " * read struct trace_header, skip to its `length`, then again and again read struct trace_block, skip to its"
	print " * `length`, read `stored` bytes, and go from record to record with trace_next() until it returns NULL."
	print " */"
	print "#ifndef SYSTAPE_TRACE_H"
	print "#define SYSTAPE_TRACE_H"
	print ""
}
/^\/\* trace\.h: begin/ { on = 1; next }
/^\/\* trace\.h: end/ { on = 0 }
on { print }
END {
	print ""
	print "/* The record behind `at` (NULL: the first) of `size` bytes of records; NULL at the end or where they are damaged. */"
	print "static inline const struct trace_record *trace_next(const void *records, uint64_t size, const struct trace_record *at)"
	print "{"
	print "\tuint64_t place = at ? (uint64_t)((const char *)at - (const char *)records) + at->length : 0;"
	print "\tconst struct trace_record *next = (const void *)((const char *)records + place);"
	print ""
	print "\tif (place > size || size - place < sizeof(*next) || next->length < sizeof(*next) || next->length % 8 ||"
	print "\t    next->length > size - place)"
	print "\t\treturn 0;"
	print "\treturn next;"
	print "}"
	print ""
	print "#endif"
}
