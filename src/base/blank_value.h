/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_BASE_BLANK_VALUE_H
#define DLU_BASE_BLANK_VALUE_H

#include <stdbool.h>

/** The setting blank_value, "FIREFLY,RENILLA", as two numbers of light; false where it is none. */
bool dlu_blank_value_parse(const char *text, double light[2]);

#endif
