/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an installation left behind: the module of a version that never was. */

#include "render_module.h"

extern const cli_renderer cli_renderer_table;
const cli_renderer cli_renderer_table = {.version = "0.0.0"};
