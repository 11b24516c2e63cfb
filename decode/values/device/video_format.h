/* SPDX-License-Identifier: GPL-2.0-or-later */
/* video_format: the commands of Video4Linux whose structure depends on a type within it.
 * Called by the table of video.c. */
#ifndef SYSTAPE_VIDEO_FORMAT_H
#define SYSTAPE_VIDEO_FORMAT_H

#include "decode/values/show.h"

void video_get_format(struct show *show, uint64_t address);
void video_set_format(struct show *show, uint64_t address);
void video_get_parameters(struct show *show, uint64_t address);
void video_set_parameters(struct show *show, uint64_t address);
void video_create_buffers(struct show *show, uint64_t address);
void video_frame_sizes(struct show *show, uint64_t address);
void video_frame_intervals(struct show *show, uint64_t address);
void video_buffer(struct show *show, uint64_t address);

#endif
