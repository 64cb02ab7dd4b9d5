/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/bytes.h"

#include "base/memory.h"
#include "base/say.h"

void dlu_bytes_free(dlu_bytes *bytes)
{
    if (!bytes)
        return;
    dlu_memory_free(bytes->bytes);
    *bytes = (dlu_bytes){0};
}

dlu_status dlu_bytes_take(dlu_buffer *buffer, dlu_bytes *out, dlu_error *err)
{
    *out = (dlu_bytes){0};
    dlu_buffer_add(buffer, ""); /* an empty text is a text too, not NULL */
    if (buffer->failed) {
        dlu_buffer_free(buffer);
        return dlu_fail_memory(err);
    }
    *out = (dlu_bytes){buffer->bytes, buffer->n};
    *buffer = (dlu_buffer){0};
    return DLU_OK;
}
