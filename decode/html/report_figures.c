// SPDX-License-Identifier: GPL-2.0-or-later
/* report: what is drawn: how much there was at what time, and how long the calls took. */
#include "decode/html/report_figures.h"
#include "decode/html/page_text.h"
#include "decode/html/report.h"

enum {
	WIDTH = 1024, /* of the time line, in its own units */
	HEIGHT = 110,
	LEAST = 6,   /* powers of two: 64 ns and less are the first bar */
	BARS = 30,   /* up to 2^35 ns, 34 s, and more */
	MIDDLE = 14, /* bars from here on take 1 ms and more */
	LONG = 21,   /* 134 ms and more */
	BAR_HEIGHT = 16,
};

/* Sixteen times the logarithm to the base of 2 of the number and one, as far as a picture needs it.
 */
static unsigned int logarithm(uint64_t n)
{
	unsigned int power;

	if (n == UINT64_MAX)
		return 16 * 64;
	power = 63 - (unsigned int)__builtin_clzll(n + 1);
	return power * 16 + (unsigned int)(((n + 1) << (63 - power)) >> 59 & 15);
}

struct bars {
	uint64_t count[BARS];
};

static void add_bucket(void *context, unsigned int bucket, uint64_t count)
{
	uint64_t ns = histogram_value(bucket) | 1;
	unsigned int power = 63 - (unsigned int)__builtin_clzll(ns);
	struct bars *bars = context;

	power = power < LEAST ? 0 : power - LEAST;
	bars->count[power < BARS ? power : BARS - 1] += count;
}

static void put_bars(struct text *out, const struct bars *bars, int from, int to, char kind,
		     uint64_t most)
{
	bool any = false;

	for (int i = from; i < to; i++) {
		unsigned int height;

		if (!bars->count[i])
			continue;
		height = 2 + (BAR_HEIGHT - 2) * logarithm(bars->count[i]) / logarithm(most);
		if (!any)
			text_printf(out, "<path class=%c d=\"", kind);
		any = true;
		text_printf(out, "M%d %uv-%uh3v%uz", 4 * i, (unsigned int)BAR_HEIGHT, height,
			    height);
	}
	if (any)
		text_put(out, "\"/>");
}

void report_put_histogram(struct text *out, const struct histogram *times)
{
	struct bars bars = { 0 };
	uint64_t most = 0;

	histogram_each(times, add_bucket, &bars);
	for (int i = 0; i < BARS; i++)
		most = bars.count[i] > most ? bars.count[i] : most;
	text_put(out, "<td class=g>");
	if (most) {
		text_printf(out, "<svg viewBox=\"0 0 %d %d\" aria-hidden=true>", 4 * BARS,
			    BAR_HEIGHT);
		put_bars(out, &bars, 0, MIDDLE, 'q', most);
		put_bars(out, &bars, MIDDLE, LONG, 'm', most);
		put_bars(out, &bars, LONG, BARS, 's', most);
		text_put(out, "</svg>");
	}
	text_put(out, "</td>");
}

void report_put_axis(struct text *out)
{
	static const struct {
		int bar;
		const char *name;
	} ticks[] = { { 4, "1&#181;s" }, { 14, "1ms" }, { 24, "1s" } };

	text_printf(out, "<svg viewBox=\"0 0 %d %d\" aria-hidden=true>", 4 * BARS, BAR_HEIGHT);
	for (size_t i = 0; i < sizeof(ticks) / sizeof(*ticks); i++)
		text_printf(out, "<text x=%d y=11>%s</text><path class=k d=\"M%d 16v-4\"/>",
			    4 * ticks[i].bar - 6, ticks[i].name, 4 * ticks[i].bar);
	text_put(out, "</svg>");
}

void report_put_bar(struct text *out, uint64_t part, uint64_t of)
{
	unsigned int width = of ? (unsigned int)(100.0 * (double)part / (double)of + 0.5) : 0;

	text_put(out,
		 "<svg class=b viewBox=\"0 0 100 8\" preserveAspectRatio=none aria-hidden=true>");
	if (part)
		text_printf(out, "<path d=\"M0 0h%uv8H0z\"/>",
			    width > 100 ? 100
			    : width	? width
					: 1);
	text_put(out, "</svg>");
}

/* Slots of the time line that there is something in. */
struct extent {
	int first, last;
	uint64_t most, errors, lost; /* of a slot */
};

static struct extent extent_of(const struct activity *a)
{
	struct extent e = { .first = ACTIVITY_SLOTS, .last = -1 };

	for (int i = 0; i < ACTIVITY_SLOTS; i++) {
		const struct activity_slot *s = &a->slot[i];

		if (!s->calls && !s->lost)
			continue;
		e.first = i < e.first ? i : e.first;
		e.last = i;
		e.most = s->calls > e.most ? s->calls : e.most;
		e.errors = s->errors > e.errors ? s->errors : e.errors;
		e.lost = s->lost > e.lost ? s->lost : e.lost;
	}
	return e;
}

/* One path of all slots: of calls, of errors, or of losses, which hang from above. */
static void put_slots(struct text *out, const struct activity *a, const struct extent *e, char kind)
{
	double each = (double)WIDTH / (e->last - e->first + 1);

	text_printf(out, "<path class=%c d=\"", kind);
	for (int i = e->first; i <= e->last; i++) {
		const struct activity_slot *s = &a->slot[i];
		uint64_t value = kind == 'l' ? s->lost : kind == 'e' ? s->errors : s->calls;
		double height =
			kind == 'l' ? HEIGHT : (double)HEIGHT * (double)value / (double)e->most;

		if (value)
			text_printf(out, "M%.1f %dv-%.1fh%.1fv%.1fz", each * (i - e->first), HEIGHT,
				    height < 1 ? 1 : height, each, height < 1 ? 1 : height);
	}
	text_put(out, "\"/>");
}

/* The greatest number of calls of a slot, as calls in a second. */
static void put_peak(struct text *out, const struct activity *a, const struct extent *e)
{
	double a_second = (double)e->most * 1e9 / (double)a->width;

	text_put(out, "<p class=d>Each bar is ");
	page_time(out, a->width);
	text_put(out, "; the highest has ");
	page_count(out, e->most);
	text_put(out, " calls");
	if (a_second >= 1) {
		text_put(out, ", which is ");
		page_count(out, (uint64_t)a_second);
		text_put(out, " a second");
	}
	text_char(out, '.');
	if (e->errors)
		text_put(out, " <b class=ke>&#9632;</b> calls that failed.");
	if (e->lost)
		text_put(out,
			 " <b class=kl>&#9632; from top to bottom: something was lost here.</b>");
	text_put(out, "</p>");
}

void report_activity(struct text *out, const struct report *p)
{
	const struct activity *a = &p->activity;
	struct extent e = extent_of(a);

	if (e.last < 0 || !a->width)
		return;
	text_put(out, "<section id=activity><h2>When</h2><figure>");
	text_printf(out,
		    "<svg class=w viewBox=\"0 0 %d %d\" preserveAspectRatio=none role=img "
		    "aria-label=\"calls over time\">",
		    WIDTH, HEIGHT);
	if (e.lost)
		put_slots(out, a, &e, 'l');
	if (e.most)
		put_slots(out, a, &e, 'c');
	if (e.errors)
		put_slots(out, a, &e, 'e');
	text_put(out, "</svg><figcaption><span>");
	page_moment(out, a->begin + a->width * (uint64_t)e.first);
	text_put(out, "</span><span>");
	page_moment(out, a->begin + a->width * (uint64_t)(e.last + 1));
	text_put(out, " UTC</span></figcaption></figure>");
	put_peak(out, a, &e);
	text_put(out, "</section>\n");
}
