/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_BASE_SHA256_H
#define DLU_BASE_SHA256_H

#include <stddef.h>

/** Lower-case hexadecimal SHA-256 of the bytes, with a final NUL. */
void dlu_sha256(const void *bytes, size_t n, char hex[65]);

#endif
