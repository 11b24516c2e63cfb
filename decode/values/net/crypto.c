// SPDX-License-Identifier: GPL-2.0-or-later
/* show: messages of NETLINK_CRYPTO (linux/cryptouser.h): algorithms and what they are like. */
#include "decode/values/net/netlink.h"
#include "decode/values/values.h"

#include <linux/cryptouser.h>

enum { NAME = CRYPTO_MAX_NAME };

#define FIELD_NAME(name) FIELD_MANY(CHAR, TEXT, name, NAME)

static const struct show_field generic[] = { FIELD_NAME("type"), FIELDS_END };

static const struct show_field hash[] = {
	FIELD_NAME("type"),
	FIELD(INT, UNSIGNED, "blocksize"),
	FIELD(INT, UNSIGNED, "digestsize"),
	FIELDS_END,
};

static const struct show_field block_cipher[] = {
	FIELD_NAME("type"),
	FIELD_NAME("geniv"),
	FIELD(INT, UNSIGNED, "blocksize"),
	FIELD(INT, UNSIGNED, "min_keysize"),
	FIELD(INT, UNSIGNED, "max_keysize"),
	FIELD(INT, UNSIGNED, "ivsize"),
	FIELDS_END,
};

static const struct show_field authenticated[] = {
	FIELD_NAME("type"),
	FIELD_NAME("geniv"),
	FIELD(INT, UNSIGNED, "blocksize"),
	FIELD(INT, UNSIGNED, "maxauthsize"),
	FIELD(INT, UNSIGNED, "ivsize"),
	FIELDS_END,
};

static const struct show_field generator[] = {
	FIELD_NAME("type"),
	FIELD(INT, UNSIGNED, "seedsize"),
	FIELDS_END,
};

static const struct show_field cipher[] = {
	FIELD_NAME("type"),
	FIELD(INT, UNSIGNED, "blocksize"),
	FIELD(INT, UNSIGNED, "min_keysize"),
	FIELD(INT, UNSIGNED, "max_keysize"),
	FIELDS_END,
};

static const struct attr_row algorithm_rows[] = {
	ATTR(CRYPTOCFGA_PRIORITY_VAL, U32),
	ATTR_STRUCT(CRYPTOCFGA_REPORT_LARVAL, generic),
	ATTR_STRUCT(CRYPTOCFGA_REPORT_HASH, hash),
	ATTR_STRUCT(CRYPTOCFGA_REPORT_BLKCIPHER, block_cipher),
	ATTR_STRUCT(CRYPTOCFGA_REPORT_AEAD, authenticated),
	ATTR_STRUCT(CRYPTOCFGA_REPORT_COMPRESS, generic),
	ATTR_STRUCT(CRYPTOCFGA_REPORT_RNG, generator),
	ATTR_STRUCT(CRYPTOCFGA_REPORT_CIPHER, cipher),
	ATTR_STRUCT(CRYPTOCFGA_REPORT_AKCIPHER, generic),
	ATTR_STRUCT(CRYPTOCFGA_REPORT_KPP, generic),
	ATTR_STRUCT(CRYPTOCFGA_REPORT_ACOMP, generic),
};
static const struct attr_list algorithm_list = ATTR_LIST("crypto_nl_attrs", algorithm_rows);

static const struct show_field algorithm[] = {
	FIELD_NAME("cru_name"),	       FIELD_NAME("cru_driver_name"),
	FIELD_NAME("cru_module_name"), FIELD(INT, HEX, "cru_type"),
	FIELD(INT, HEX, "cru_mask"),   FIELD(INT, UNSIGNED, "cru_refcnt"),
	FIELD(INT, HEX, "cru_flags"),  FIELDS_END,
};

bool show_crypto_message(struct show *s, uint16_t type, const unsigned char *data, size_t size)
{
	const size_t own = sizeof(struct crypto_user_alg);

	if (type < CRYPTO_MSG_NEWALG || type > CRYPTO_MSG_GETALG)
		return false;
	if (size < own || !show_netlink_has(s, data, own)) {
		if (size < own && show_netlink_has(s, data, size))
			value_bytes(s, data, value_wanted(s, size), size);
		else
			show_netlink_missing(s, data);
		return true;
	}
	s->netlink->body = data;
	show_fields(s, algorithm, data, own);
	if (size > own) {
		value_element(s);
		show_attributes(s, data + own, size - own, &algorithm_list, 0);
	}
	return true;
}
