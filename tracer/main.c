// SPDX-License-Identifier: GPL-2.0-or-later
/* systape: the tracer. */
#include "format/standard_streams.h"
#include "tracer/listing.h"
#include "tracer/options/options.h"
#include "tracer/session.h"

#include <errno.h>

int main(int argc, char **argv)
{
	struct options options;
	int status = 2;

	program_invocation_name = "systape";
	if (!standard_streams_open())
		return 1;

	switch (options_parse(&options, argc, argv)) {
	case OPTIONS_RUN:
		if (options.listing) {
			status = listing_print(options.listing, options.command);
			break;
		}
		status = session_run(&options, argc, argv);
		break;
	case OPTIONS_DONE: status = 0; break;
	case OPTIONS_WRONG: break;
	}
	options_free(&options);
	return status;
}
