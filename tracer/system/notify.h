/* SPDX-License-Identifier: GPL-2.0-or-later */
/* notify: tells the service manager (sd_notify(3)) that the capture runs, or ends. Does nothing
 * where none asked. */
#ifndef SYSTAPE_NOTIFY_H
#define SYSTAPE_NOTIFY_H

void notify_ready(void);
void notify_stopping(void);

#endif
