/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/error.h>

#define DLU_MESSAGE(code, severity, when, todo) {code, DLU_##severity, when, todo},
static const dlu_message_info messages[] = {
#include "base/messages.def"
};
#undef DLU_MESSAGE

size_t dlu_message_code_count(void)
{
    return sizeof messages / sizeof messages[0];
}

const dlu_message_info *dlu_message_code_get(size_t i)
{
    return i < dlu_message_code_count() ? &messages[i] : NULL;
}
