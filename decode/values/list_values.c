// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/values/list_values.h"

#include "decode/values/flag_walk.h"

#include <errno.h>
#include <stdio.h>

static struct list_values *list_of(struct show *s)
{
	return s->writing;
}

static void begin_line(struct list_values *l, const char *suffix, const char *type)
{
	text_put(&l->lines, "field ");
	text_escaped(&l->lines, l->path.data, l->path.used, NULL);
	text_escaped(&l->lines, suffix, strlen(suffix), NULL);
	text_put(&l->lines, " (");
	text_put(&l->lines, type);
	text_put(&l->lines, "):");
}

/* Whether a value has a line of its own. One that is a whole argument needs words for that. */
static bool has_line(const struct list_values *l, bool words)
{
	return !l->silent && !l->deeper && (l->depth || words);
}

/* Part of a value: its words are put together. */
static bool within(struct list_values *l, const char *words)
{
	if (!l->compound)
		return false;
	text_escaped(&l->words, words, strlen(words), NULL);
	return true;
}

static void put_number(struct text *t, uint64_t value, enum value_base base)
{
	if (value_is_signed(base))
		text_signed(t, (int64_t)value);
	else
		text_unsigned(t, value);
}

/* As the words of a number: in the base that people read it in. */
static void put_based(struct text *t, uint64_t value, enum value_base base)
{
	if (base == BASE_HEX)
		text_hex(t, value);
	else if (base == BASE_OCTAL)
		text_printf(t, "0%llo", (unsigned long long)value);
	else
		put_number(t, value, base);
}

static bool after_blank(const struct text *t)
{
	return t->used && t->data[t->used - 1] == ' ';
}

static void list_slot(struct show *s, enum value_slot slot, const char *name)
{
	struct list_values *l = list_of(s);

	switch (slot) {
	case SLOT_ARGUMENT:
	case SLOT_LABEL:
		l->depth = l->deeper = l->compound = 0;
		l->path.used = 0;
		text_put(&l->path, name);
		break;
	case SLOT_FIELD:
	case SLOT_UNNAMED:
	case SLOT_REST:
		l->path.used = l->prefix[l->depth];
		text_char(&l->path, '.');
		text_put(&l->path, name);
		break;
	case SLOT_ELEMENT:
		if (l->compound) {
			within(l, l->words.used && l->words.data[l->words.used - 1] != '(' ? ", "
											   : "");
			break;
		}
		l->path.used = l->prefix[l->depth];
		text_printf(&l->path, "[%u]", l->index[l->depth]++);
		break;
	case SLOT_MEMBER: within(l, l->words.used && !after_blank(&l->words) ? " " : ""); break;
	case SLOT_PART: within(l, l->words.used ? "|" : ""); break;
	case SLOT_OR: within(l, l->words.used ? " or " : ""); break;
	case SLOT_AFTER: text_put(&l->path, ".after"); break;
	case SLOT_DETAIL: break;
	}
}

static void list_begin(struct show *s, enum value_group group, const char *name, uint64_t number)
{
	struct list_values *l = list_of(s);

	switch (group) {
	case GROUP_STRUCT:
	case GROUP_ARRAY:
	case GROUP_LONE:
		if (l->deeper || l->depth + 1 >= LIST_DEPTH) {
			l->deeper++;
			return;
		}
		l->depth++;
		l->prefix[l->depth] = l->path.used;
		l->index[l->depth] = 0;
		return;
	case GROUP_POINTED: return;
	case GROUP_DETAILS: l->silent = true; return;
	default: break;
	}
	if (!l->compound++) {
		l->words.used = 0;
		l->number = number;
	}
	if (group == GROUP_MACRO) {
		within(l, name);
		within(l, "(");
	} else if (group == GROUP_ALL_BUT) {
		within(l, "all but ");
	}
}

/* The words are all there. */
static void end_compound(struct list_values *l, enum value_group group)
{
	if (group == GROUP_MACRO)
		within(l, ")");
	if (--l->compound)
		return;
	if (group == GROUP_INDEX) {
		l->path.used = l->prefix[l->depth];
		text_char(&l->path, '[');
		text_bytes(&l->path, l->words.data, l->words.used);
		text_char(&l->path, ']');
		return;
	}
	if (!has_line(l, true))
		return;
	begin_line(l, "",
		   group == GROUP_SET || group == GROUP_ALL_BUT ? "set"
		   : group == GROUP_MIX				? "flags"
								: "number");
	if (group == GROUP_MACRO || group == GROUP_MIX) {
		text_char(&l->lines, ' ');
		text_unsigned(&l->lines, l->number);
	}
	text_char(&l->lines, ' ');
	text_bytes(&l->lines, l->words.data, l->words.used);
	text_char(&l->lines, '\n');
}

static void list_end(struct show *s, enum value_group group)
{
	struct list_values *l = list_of(s);

	switch (group) {
	case GROUP_STRUCT:
	case GROUP_ARRAY:
	case GROUP_LONE:
		if (l->deeper) {
			l->deeper--;
			return;
		}
		l->path.used = l->prefix[l->depth];
		l->depth -= l->depth > 0;
		return;
	case GROUP_POINTED: return;
	case GROUP_DETAILS: l->silent = false; return;
	default:
		if (l->compound)
			end_compound(l, group);
	}
}

static void list_reopen(struct show *s)
{
	struct list_values *l = list_of(s);

	if (l->deeper || l->depth + 1 >= LIST_DEPTH)
		l->deeper++;
	else
		l->depth++;
}

static void list_number(struct show *s, uint64_t value, enum value_base base)
{
	struct list_values *l = list_of(s);

	if (l->compound) {
		put_based(&l->words, value, base);
		return;
	}
	if (!has_line(l, false))
		return;
	begin_line(l, "", "number");
	text_char(&l->lines, ' ');
	put_number(&l->lines, value, base);
	if (value && (base == BASE_HEX || base == BASE_OCTAL)) {
		text_char(&l->lines, ' ');
		put_based(&l->lines, value, base);
	}
	text_char(&l->lines, '\n');
}

static void list_address(struct show *s, uint64_t address)
{
	struct list_values *l = list_of(s);

	if (l->compound) {
		text_hex(&l->words, address);
		return;
	}
	if (!has_line(l, false))
		return;
	begin_line(l, "", "address");
	text_put(&l->lines, address ? " " : " NULL\n");
	if (!address)
		return;
	text_hex(&l->lines, address);
	text_char(&l->lines, '\n');
}

static void put_words(struct list_values *l, const char *type, uint64_t value, enum value_base base,
		      const char *words)
{
	if (!has_line(l, true))
		return;
	begin_line(l, "", type);
	text_char(&l->lines, ' ');
	put_number(&l->lines, value, base);
	if (words) {
		text_char(&l->lines, ' ');
		text_escaped(&l->lines, words, strlen(words), NULL);
	}
	text_char(&l->lines, '\n');
}

static void list_constant(struct show *s, uint64_t value, enum value_base base, const char *name)
{
	struct list_values *l = list_of(s);

	if (!l->compound)
		put_words(l, "name", value, base, name);
	else if (name)
		within(l, name);
	else
		put_based(&l->words, value, base);
}

static void list_words(struct show *s, uint64_t value, const char *words)
{
	struct list_values *l = list_of(s);

	if (!within(l, words))
		put_words(l, "name", value, BASE_UNSIGNED, words);
}

static void put_flags(struct text *t, const struct flag_table *table, uint64_t value)
{
	struct flag_walk walk = flag_walk_begin(value);
	const char *name;

	for (bool first = true; (name = flag_walk_next(table, &walk)); first = false) {
		text_put(t, first ? "" : "|");
		text_put(t, name);
	}
	if (walk.any && !walk.left)
		return;
	text_put(t, walk.any ? "|" : "");
	text_hex(t, walk.left);
}

static void list_flags(struct show *s, const struct flag_table *table, uint64_t value)
{
	struct list_values *l = list_of(s);
	size_t bare;

	if (l->compound) {
		put_flags(&l->words, table, value);
		return;
	}
	if (!has_line(l, true))
		return;
	begin_line(l, "", "flags");
	text_char(&l->lines, ' ');
	text_unsigned(&l->lines, value);
	bare = l->lines.used;
	text_char(&l->lines, ' ');
	put_flags(&l->lines, table, value);
	if (!value && l->lines.used == bare + strlen(" 0"))
		l->lines.used = bare; /* no bit, and nothing is called so */
	text_char(&l->lines, '\n');
}

static void list_bytes(struct show *s, const void *data, size_t size, uint64_t total)
{
	struct list_values *l = list_of(s);
	bool alone = !l->compound;

	if (alone && !has_line(l, false))
		return;
	if (alone) {
		begin_line(l, "", "string");
		text_char(&l->lines, ' ');
	}
	text_quoted(alone ? &l->lines : &l->words, data, size, s->options->quoting);
	if (total > size)
		text_put(alone ? &l->lines : &l->words, "...");
	if (alone)
		text_char(&l->lines, '\n');
}

static void list_beside(struct show *s, const char *key, const char *text, size_t size)
{
	struct list_values *l = list_of(s);
	char suffix[32];

	if (l->compound || !has_line(l, true))
		return;
	snprintf(suffix, sizeof(suffix), ".%s", key);
	begin_line(l, suffix, "note");
	text_char(&l->lines, ' ');
	text_escaped(&l->lines, text, size, NULL);
	text_char(&l->lines, '\n');
}

static void list_missing(struct show *s, enum value_missing why, uint64_t address)
{
	static const char *const reasons[] = { " more\n", " not readable from ",
					       " not captured\n" };
	struct list_values *l = list_of(s);

	if (l->compound || !has_line(l, false))
		return;
	l->path.used = l->prefix[l->depth];
	begin_line(l, "...", "missing");
	text_put(&l->lines, reasons[why]);
	if (why != MISSING_AT)
		return;
	text_hex(&l->lines, address);
	text_char(&l->lines, '\n');
}

static const struct value_writer list_writer = {
	.name = "list",
	.slot = list_slot,
	.begin = list_begin,
	.end = list_end,
	.reopen = list_reopen,
	.number = list_number,
	.address = list_address,
	.constant = list_constant,
	.flags = list_flags,
	.bytes = list_bytes,
	.words = list_words,
	.beside = list_beside,
	.missing = list_missing,
};

int list_values_open(struct list_values *l, struct show *s)
{
	*l = (struct list_values){ 0 };
	if (text_open(&l->lines, -1) || text_open(&l->path, -1) || text_open(&l->words, -1))
		return -ENOMEM;
	s->writer = &list_writer;
	s->writing = l;
	return 0;
}

void list_values_close(struct list_values *l)
{
	text_close(&l->lines);
	text_close(&l->path);
	text_close(&l->words);
}

void list_values_begin(struct show *s)
{
	struct list_values *l = list_of(s);

	l->lines.used = l->path.used = l->words.used = 0;
	l->depth = l->deeper = l->compound = 0;
	l->prefix[0] = 0;
	l->silent = false;
}
