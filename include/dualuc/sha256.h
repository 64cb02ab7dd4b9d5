/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DUALUC_SHA256_H
#define DUALUC_SHA256_H

#include <stddef.h>

#include <dualuc/export.h>

/** Lower-case hexadecimal SHA-256 of the bytes, with a final NUL. */
DLU_API void dlu_sha256(const void *bytes, size_t n, char hex[65]);

#endif
