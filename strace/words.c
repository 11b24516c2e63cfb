// SPDX-License-Identifier: GPL-2.0-or-later
#include "strace/words.h"

#include "strace/message.h"

#include <stdlib.h>

void words_add(struct words *w, const char *word)
{
	if (w->count + 1 >= w->room) {
		w->room = w->room ? 2 * w->room : 64;
		w->word = reallocarray((void *)w->word, w->room, sizeof(*w->word));
		if (!w->word) {
			strace_say("out of memory");
			exit(1);
		}
	}
	w->word[w->count++] = word;
	w->word[w->count] = NULL;
}
