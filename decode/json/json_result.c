// SPDX-License-Identifier: GPL-2.0-or-later
#include "decode/json/json_result.h"

#include "decode/json/json_values.h"

/* Whether more may be told of the result than its number. */
static bool has_words(const struct show *s, const struct call *call)
{
	if (call->state != CALL_DONE || call->failed)
		return false;
	if (call->opened_count == 1 && call->opened->fd == call->result)
		return false; /* is among the descriptors */
	if (s->special && s->special->result)
		return true;
	switch (call->desc ? (enum desc_kind)call->desc->result : DESC_LONG) {
	case DESC_FD:
	case DESC_DIRFD: return s->options->descriptors;
	case DESC_PID: return s->options->comms || s->options->pids_translated;
	case DESC_FLAGS:
	case DESC_FLAGS64:
	case DESC_ENUM:
	case DESC_ENUM64: return true;
	case DESC_SIGNAL: return call->result;
	default: return false;
	}
}

/* {"result":5} says no more than the number does. */
bool json_result_words(struct show *s, const struct call *call)
{
	static const char plain[] = "{\"result\":";
	const struct json_values *j = s->writing;

	if (!has_words(s, call))
		return false;
	json_values_begin(s);
	value_argument(s, "result");
	show_result(s, call);
	return j->text.used > sizeof(plain) && j->text.data[sizeof(plain) - 1] == '{';
}

bool json_result_fds(struct show *s, const struct call *call)
{
	if (!call->opened_count || call->state != CALL_DONE)
		return false;
	s->after = true;
	json_values_begin(s);
	value_argument(s, "fds");
	value_array(s);
	for (size_t i = 0; i < call->opened_count; i++) {
		value_element(s);
		show_fd(s, (uint64_t)call->opened[i].fd);
	}
	value_array_end(s);
	return true;
}
