/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/version.h>

const char *dlu_version(void)
{
    return DLU_VERSION;
}
