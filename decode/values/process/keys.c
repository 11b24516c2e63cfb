// SPDX-License-Identifier: GPL-2.0-or-later
/* show: keys (linux/keyctl.h). */
#include "decode/values/show_families.h"
#include "decode/values/show_fields.h"
#include "decode/values/values.h"

#include "format/flags/flags.h"

#include <linux/keyctl.h>

enum { PARAMS = 40 /* bytes of struct keyctl_pkey_params */ };

/* Serial numbers and choices of keyrings are decimal; some negative ones have names. */
static void show_named_int(struct show *s, const char *table, uint32_t value)
{
	const struct flag_table *t = show_table(s, table);
	const char *name = t ? flag_name(t, value) : NULL;

	if (!name && t)
		name = flag_name(t, (uint64_t)(int64_t)(int32_t)value);
	value_constant(s, (uint64_t)(int64_t)(int32_t)value, BASE_SIGNED, name,
		       t ? t->unknown : NULL);
}

static void print_serial(struct show *s, const void *data, size_t size)
{
	uint32_t value;

	memcpy(&value, data, size < 4 ? size : 4);
	show_named_int(s, "key_spec", value);
}

/* What was read is as long as the result, but no longer than the buffer; names end with a NUL that
 * is not shown. */
static void show_key_text(struct show *s, int arg, bool name)
{
	uint64_t address = s->call->arg[arg], size = s->call->arg[arg + 1], shown;
	const void *data = "";
	unsigned char last;

	show_at_exit(s);
	if ((uint64_t)s->call->result < size)
		size = s->call->result;
	if (name && size && show_read(s, address + size - 1, &last, 1) && !last)
		size--;
	shown = value_wanted(s, size);
	if (!address || !show_succeeded(s) ||
	    (shown && show_find(s, address, shown, &data) < shown))
		value_address(s, address);
	else
		value_bytes(s, data, shown, size);
}

static void show_caps(struct show *s)
{
	static const char *const tables[] = { "keyctl_caps0", "keyctl_caps1" };
	uint64_t count = s->call->arg[2], address = s->call->arg[1];
	unsigned char byte;

	show_at_exit(s);
	if ((uint64_t)s->call->result < count)
		count = s->call->result;
	if (!address || !show_succeeded(s) || (count && !show_read(s, address, &byte, 1))) {
		value_address(s, address);
		return;
	}
	value_array(s);
	for (uint64_t i = 0; i < count && show_read(s, address + i, &byte, 1); i++) {
		value_element(s);
		if (i < 2)
			show_flags(s, tables[i], byte);
		else
			value_hex(s, byte);
	}
	value_array_end(s);
}

static bool is_pkey_operation(uint32_t option)
{
	return option >= KEYCTL_PKEY_ENCRYPT && option <= KEYCTL_PKEY_VERIFY;
}

/* Numbers of errors are decimal. */
static void show_reason(struct show *s, uint32_t error)
{
	const struct flag_table *t = show_table(s, "errnocodes");

	value_constant(s, error, BASE_UNSIGNED, t ? flag_name(t, error) : NULL, NULL);
}

static void keyctl_args(struct show *s)
{
	const struct desc_call *desc = s->call->desc;
	uint32_t option = s->call->arg[0];
	bool keyctl = !strcmp(s->call->name, "keyctl");
	bool names = option == KEYCTL_DESCRIBE || option == KEYCTL_GET_SECURITY;
	bool pkey = keyctl && is_pkey_operation(option);
	unsigned char params[PARAMS];

	for (int i = 0; i < s->call->args; i++) {
		show_argument_name(s, i);
		if (!strcmp(desc->arg[i].ref, "key_spec") ||
		    !strcmp(desc->arg[i].ref, "key_reqkeys"))
			show_named_int(s, desc->arg[i].ref, s->call->arg[i]);
		else if (keyctl && i == 2 && (names || option == KEYCTL_READ))
			show_key_text(s, i, names);
		else if (keyctl && i == 1 && option == KEYCTL_CAPABILITIES)
			show_caps(s);
		else if (keyctl && !strcmp(desc->arg[i].ref, "errnocodes"))
			show_reason(s, s->call->arg[i]);
		else if (pkey && i > 2 && !show_read(s, s->call->arg[1], params, PARAMS))
			value_address(s, s->call->arg[i]); /* nobody knows how long it is */
		else
			show_arg(s, i);
	}
}

static const struct show_field dh_fields[] = {
	FIELD_INNER(INT, "private", 1, print_serial),
	FIELD_INNER(INT, "prime", 1, print_serial),
	FIELD_INNER(INT, "base", 1, print_serial),
	FIELDS_END,
};

static const struct show_field query_fields[] = {
	FIELD_NAMED(INT, FLAGS, "supported_ops", "keyctl_pkey_ops"),
	FIELD(INT, UNSIGNED, "key_size"),
	FIELD(SHORT, UNSIGNED, "max_data_size"),
	FIELD(SHORT, UNSIGNED, "max_sig_size"),
	FIELD(SHORT, UNSIGNED, "max_enc_size"),
	FIELD(SHORT, UNSIGNED, "max_dec_size"),
	FIELD_RESERVED(INT, "__spare", 10),
	FIELDS_END,
};

static const struct show_field kdf_rest[] = {
	FIELD(INT, UNSIGNED, "otherinfolen"),
	FIELD_RESERVED(INT, "__spare", 8),
	FIELDS_END,
};

static void show_kdf(struct show *s, const void *data, size_t size)
{
	size_t word = show_word(s), head = 2 * word;
	uint64_t name = 0, info = 0;
	uint32_t length;

	memcpy(&name, data, word);
	memcpy(&info, (const char *)data + word, word);
	memcpy(&length, (const char *)data + head, sizeof(length));
	value_struct(s);
	value_field(s, "hashname");
	show_string(s, name);
	value_field(s, "otherinfo");
	show_buffer(s, info, length);
	show_fields_within(s, kdf_rest, (const char *)data + head, size - head);
	value_struct_end(s);
}

static const struct show_field pkey_fields[] = {
	FIELD_INNER(INT, "key_id", 1, print_serial),
	FIELD(INT, UNSIGNED, "in_len"),
	FIELD(INT, UNSIGNED, "out_len"),
	FIELD_RESERVED(INT, "__spare", 7),
	FIELDS_END,
};

static const struct show_field verify_fields[] = {
	FIELD_INNER(INT, "key_id", 1, print_serial),
	FIELD(INT, UNSIGNED, "in_len"),
	FIELD(INT, UNSIGNED, "in2_len"),
	FIELD_RESERVED(INT, "__spare", 7),
	FIELDS_END,
};

static void show_pkey(struct show *s, const void *data, size_t size)
{
	bool verify = (uint32_t)s->call->arg[0] == KEYCTL_PKEY_VERIFY;

	show_fields(s, verify ? verify_fields : pkey_fields, data, size);
}

static const struct show_struct structs[] = {
	{ "keyctl_kdf_params", show_kdf },
	{ "keyctl_pkey_params", show_pkey },
	{ NULL, NULL },
};

static const struct show_layout layouts[] = {
	{ "keyctl_dh_params", dh_fields },
	{ "keyctl_pkey_query", query_fields },
	{ NULL, NULL },
};

static const struct show_call calls[] = {
	{ "keyctl", keyctl_args, NULL },
	{ "add_key", keyctl_args, NULL },
	{ "request_key", keyctl_args, NULL },
	{ NULL, NULL, NULL },
};

const struct show_family show_family_keys = { .structs = structs,
					      .layouts = layouts,
					      .calls = calls };
