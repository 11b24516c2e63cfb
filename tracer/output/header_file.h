/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * header_file: trace.h, which describes tapes to C programs, saved beside the tape. The recording
 * calls it once its output is open.
 */
#ifndef SYSTAPE_HEADER_FILE_H
#define SYSTAPE_HEADER_FILE_H

/*
 * Saves trace.h where the tape goes to that is written to `fd`: in the folder of the file `output`
 * (as in -o), in the current one for a pipe; nowhere for a device. Only where there is none and the
 * folder is writable. Says nothing.
 */
void header_file_save(const char *output, int fd);

#endif
