// SPDX-License-Identifier: GPL-2.0-or-later
/* The parser of the rows, see the grammar in desc.h. Rows also come from tapes: nothing is trusted.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "format/calls/desc.h"
#include "format/calls/desc_names.h"
#include "format/flags/flags.h"

/* The names in a row that refer to arguments are resolved when all arguments are known. */
struct parser {
	const char *at;
	const char *error;
	struct desc_call *call;
	char length_of[DESC_ARGS][DESC_NAME];
	const char *values; /* the constants of a variant */
	char selector[DESC_NAME];
};

static int fail(struct parser *parser, const char *error)
{
	parser->error = error;
	return -EINVAL;
}

static void skip_space(struct parser *parser)
{
	while (*parser->at == ' ' || *parser->at == '\t')
		parser->at++;
}

/* Takes `byte` if it is next. */
static bool take(struct parser *parser, char byte)
{
	skip_space(parser);
	if (*parser->at != byte)
		return false;
	parser->at++;
	return true;
}

static bool in_word(char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || byte == '_';
}

static int take_word(struct parser *parser, char word[DESC_NAME])
{
	size_t length = 0;

	skip_space(parser);
	while (in_word(parser->at[length]))
		length++;
	if (!length)
		return fail(parser, "a name is missing");
	if (length >= DESC_NAME)
		return fail(parser, "a name is too long");
	memcpy(word, parser->at, length);
	word[length] = '\0';
	parser->at += length;
	return 0;
}

static bool is_number(const char *word)
{
	return *word >= '0' && *word <= '9';
}

static int parse_number(struct parser *parser, const char *word, uint64_t limit, uint64_t *number)
{
	char *end;

	errno = 0;
	*number = strtoull(word, &end, 0);
	if (errno || *end || *number > limit)
		return fail(parser, "a number is malformed or too large");
	return 0;
}

/* The part of a length rule behind the argument: *N /N +N +long, at most one of each. */
static int parse_scale(struct parser *parser, struct desc_arg *arg)
{
	char word[DESC_NAME];
	uint64_t number;

	while (*parser->at && strchr("*/+", *parser->at)) {
		char op = *parser->at++;

		if (take_word(parser, word))
			return -EINVAL;
		if (op == '+' && !strcmp(word, "long")) {
			arg->add_long = true;
			continue;
		}
		if (parse_number(parser, word, UINT16_MAX, &number))
			return -EINVAL;
		if (op == '+')
			arg->add = (uint16_t)number;
		else if (!number)
			return fail(parser, "a length is multiplied or divided by zero");
		else if (op == '*')
			arg->multiply = (uint16_t)number;
		else
			arg->divide = (uint16_t)number;
	}
	return 0;
}

/* Behind the '['. Leaves the name of the argument in length_of. */
static int parse_length(struct parser *parser, struct desc_arg *arg, char length_of[DESC_NAME])
{
	char word[DESC_NAME];
	bool pointed = take(parser, '*');
	uint64_t number;

	if (take_word(parser, word))
		return -EINVAL;
	if (is_number(word)) {
		if (parse_number(parser, word, UINT32_MAX, &number))
			return -EINVAL;
		arg->length_rule = DESC_LEN_CONST;
		arg->length = (uint32_t)number;
	} else if (!strcmp(word, "ret")) {
		arg->length_rule = DESC_LEN_RESULT;
	} else {
		arg->length_rule = pointed ? DESC_LEN_POINTED : DESC_LEN_ARG;
		memcpy(length_of, word, DESC_NAME);
	}
	if (pointed && arg->length_rule != DESC_LEN_POINTED)
		return fail(parser, "only an argument's name may follow '*' in a length");
	if (pointed && take(parser, '.')) {
		if (take_word(parser, word) || parse_number(parser, word, UINT8_MAX, &number))
			return -EINVAL;
		arg->length_at = (uint8_t)number;
	}
	if (arg->length_rule != DESC_LEN_CONST && parse_scale(parser, arg))
		return -EINVAL;
	return take(parser, ']') ? 0 : fail(parser, "a length is not closed with ']'");
}

/* KIND[:REFERENCE][LENGTH], `word` being KIND. */
static int parse_kind(struct parser *parser, const char *word, struct desc_arg *arg,
		      char length_of[DESC_NAME])
{
	enum desc_kind kind;
	unsigned int traits;

	if (desc_kind_by_name(word, strlen(word), &kind))
		return fail(parser, "an argument's kind is unknown");
	arg->kind = (uint8_t)kind;
	arg->multiply = 1;
	arg->divide = 1;
	traits = desc_kind_traits(kind);
	if (take(parser, ':')) {
		if (!(traits & (DESC_T_TABLE | DESC_T_STRUCT | DESC_T_RECORDS)))
			return fail(parser, "this kind takes no reference");
		if (take_word(parser, arg->ref))
			return -EINVAL;
	} else if (traits & (DESC_T_TABLE | DESC_T_STRUCT)) {
		return fail(parser, "this kind needs a reference");
	}
	if (take(parser, '[')) {
		if (!(traits & (DESC_T_LENGTH | DESC_T_MAY_LENGTH)))
			return fail(parser, "this kind takes no length");
		return parse_length(parser, arg, length_of);
	}
	return traits & DESC_T_LENGTH ? fail(parser, "this kind needs a length") : 0;
}

static const struct {
	const char *word;
	uint8_t dir;
} directions[] = {
	{ "in", DESC_IN },
	{ "out", DESC_OUT },
	{ "inout", DESC_INOUT },
};

/* Takes the direction, if `word` is one, and leaves the next word, a kind, in it. */
static int parse_direction(struct parser *parser, char word[DESC_NAME], struct desc_arg *arg)
{
	arg->dir = DESC_IN;
	for (size_t i = 0; i < sizeof(directions) / sizeof(directions[0]); i++) {
		if (strcmp(word, directions[i].word))
			continue;
		arg->dir = directions[i].dir;
		if (*parser->at == '!') {
			parser->at++;
			arg->dir |= DESC_ALWAYS;
		}
		return take_word(parser, word);
	}
	return 0;
}

static int parse_argument(struct parser *parser)
{
	struct desc_call *call = parser->call;
	struct desc_arg *arg = &call->arg[call->args];
	char word[DESC_NAME];

	if (call->args == DESC_ARGS)
		return fail(parser, "a call has no more than six arguments");
	if (take_word(parser, word) || parse_direction(parser, word, arg) ||
	    parse_kind(parser, word, arg, parser->length_of[call->args]))
		return -EINVAL;
	if (arg->kind == DESC_VOID)
		return fail(parser, "an argument cannot be void");
	if (arg->dir != DESC_IN && !(desc_kind_traits(arg->kind) & DESC_T_MEMORY))
		return fail(parser, "a scalar argument cannot be an output");
	if (arg->kind == DESC_HIGH && !call->args)
		return fail(parser, "no argument stands before the upper half");
	if (take_word(parser, arg->name))
		return -EINVAL;
	call->args++;
	return 0;
}

static int parse_arguments(struct parser *parser)
{
	if (!take(parser, '('))
		return fail(parser, "the arguments do not open with '('");
	if (take(parser, ')'))
		return 0;
	do {
		if (parse_argument(parser))
			return -EINVAL;
	} while (take(parser, ','));
	return take(parser, ')') ? 0 : fail(parser, "the arguments do not close with ')'");
}

static int parse_result(struct parser *parser)
{
	struct desc_call *call = parser->call;
	struct desc_arg result = { 0 };
	char word[DESC_NAME], none[DESC_NAME] = "";

	if (!take(parser, '='))
		return fail(parser, "the result is missing");
	if (take_word(parser, word) || parse_kind(parser, word, &result, none))
		return -EINVAL;
	if (desc_kind_traits(result.kind) & DESC_T_MEMORY)
		return fail(parser, "the result is not a scalar");
	call->result = result.kind;
	memcpy(call->result_ref, result.ref, sizeof(result.ref));
	return 0;
}

static int parse_classes(struct parser *parser)
{
	char word[DESC_NAME];
	uint32_t class;

	if (!take(parser, ';'))
		return 0;
	for (skip_space(parser); *parser->at; skip_space(parser)) {
		if (take_word(parser, word))
			return -EINVAL;
		class = desc_class_by_name(word);
		/* Rows of tapes up to 2026 say nofail of some: but a filter of seccomp can have any
		 * call fail. */
		if (!class && strcmp(word, "nofail"))
			return fail(parser, "a class is unknown");
		parser->call->classes |= class;
	}
	return 0;
}

static int argument_index(struct parser *parser, const char *name)
{
	for (int i = 0; i < parser->call->args; i++)
		if (!strcmp(parser->call->arg[i].name, name))
			return i;
	return fail(parser, "a length or a variant refers to an argument that is not there");
}

static int resolve_lengths(struct parser *parser)
{
	for (int i = 0; i < parser->call->args; i++) {
		struct desc_arg *arg = &parser->call->arg[i];
		int index;

		if (!*parser->length_of[i])
			continue;
		index = argument_index(parser, parser->length_of[i]);
		if (index < 0)
			return index;
		if ((arg->length_rule == DESC_LEN_POINTED) !=
		    !!(desc_kind_traits(parser->call->arg[index].kind) & DESC_T_MEMORY))
			return fail(parser,
				    "a length is a pointer's address, or no pointer's value");
		arg->length_arg = (uint8_t)index;
	}
	return 0;
}

/* The head of a row: NAME[@ARG[&MASK]=CONST...]; the constants wait for the kind of ARG. */
static int parse_head(struct parser *parser)
{
	struct desc_call *call = parser->call;
	char word[DESC_NAME];

	call->selector = -1;
	if (take_word(parser, call->name))
		return -EINVAL;
	if (!take(parser, '@'))
		return 0;
	if (take_word(parser, parser->selector))
		return -EINVAL;
	call->mask = UINT64_MAX;
	if (take(parser, '&') &&
	    (take_word(parser, word) || parse_number(parser, word, UINT64_MAX, &call->mask)))
		return -EINVAL;
	if (!take(parser, '='))
		return fail(parser, "a variant has no values");
	parser->values = parser->at;
	parser->at += strcspn(parser->at, "(");
	return 0;
}

static int parse_value(struct parser *parser, const struct flag_table *table, uint64_t *value)
{
	char word[DESC_NAME];

	if (take_word(parser, word))
		return -EINVAL;
	if (is_number(word))
		return parse_number(parser, word, UINT64_MAX, value);
	if (!table || flag_value_by_name(table, word, value))
		return fail(parser, "a variant's constant is in no flag table");
	return 0;
}

static int resolve_variant(struct parser *parser)
{
	struct desc_call *call = parser->call;
	const struct flag_table *table = NULL;
	int index;

	if (!parser->values)
		return 0;
	index = argument_index(parser, parser->selector);
	if (index < 0)
		return index;
	if (desc_kind_traits(call->arg[index].kind) & DESC_T_MEMORY)
		return fail(parser, "a variant is selected by a pointer");
	call->selector = (int8_t)index;
	if (desc_kind_traits(call->arg[index].kind) & DESC_T_32)
		call->mask &= UINT32_MAX;
	if (*call->arg[index].ref)
		table = flag_table_find(call->arg[index].ref);
	parser->at = parser->values;
	do {
		if (call->values == DESC_VALUES)
			return fail(parser, "a variant has too many values");
		if (parse_value(parser, table, &call->value[call->values]))
			return -EINVAL;
		call->value[call->values++] &= call->mask;
	} while (take(parser, '|'));
	return take(parser, '(') ? 0 : fail(parser, "the values of a variant are malformed");
}

/* What renderers of many calls would look up again and again. */
static void derive(struct desc_call *call)
{
	call->name_size = strlen(call->name);
	for (int i = 0; i < call->args; i++)
		if (call->arg[i].kind == DESC_PATH || call->arg[i].kind == DESC_STR)
			call->strings |= 1 << i;
}

int desc_parse(const char *row, struct desc_call *call, const char **error)
{
	struct parser parser = { .at = row, .call = call };
	int result;

	memset(call, 0, sizeof(*call));
	result = parse_head(&parser);
	if (!result)
		result = parse_arguments(&parser);
	if (!result)
		result = parse_result(&parser);
	if (!result)
		result = parse_classes(&parser);
	if (!result && *parser.at)
		result = fail(&parser, "something stands behind the row");
	if (!result)
		result = resolve_lengths(&parser);
	if (!result)
		result = resolve_variant(&parser);
	if (result && error)
		*error = parser.error;
	if (!result)
		derive(call);
	return result;
}
