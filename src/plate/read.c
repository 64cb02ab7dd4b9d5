/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/plate.h>

#include <string.h>

#include "base/text.h"

_Static_assert(DLU_VALUE_TEXT_SIZE >= DLU_NUMBER_SIZE, "room for every number");

char *dlu_value_text(double value, char *buf)
{
    return dlu_text_from_double(value, buf);
}

const char *dlu_measures_name(dlu_measures measures)
{
    static const char *const names[] = {"", "luminescence", "absorbance", "fluorescence"};
    return names[measures];
}

bool dlu_read_continues(const dlu_read *before, const dlu_read *read)
{
    return before->has_time && read->has_time && before->calculated == read->calculated &&
           strcmp(before->label, read->label) == 0 && read->time_s > before->time_s;
}
