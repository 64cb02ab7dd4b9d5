/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/grid.h"

#include <string.h>

#include "grid/xlsx.h"

/* The parser itself sees whether a part is XML up to its end; what is counted are cells. */

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n >= m && !strcmp(text + n - m, end);
}

static dlu_status check_part(dlu_package *package, const char *part, size_t *cells, dlu_error *err)
{
    size_t n;
    bool sheet = !strncmp(part, "xl/worksheets/", 14) && ends_with(part, ".xml");
    if (!ends_with(part, ".xml") && !ends_with(part, ".rels"))
        return DLU_OK;
    dlu_status status = dlu_xml_count(package, part, "c", &n, err);
    *cells += sheet ? n : 0;
    return status;
}

dlu_status dlu_book_check_whole(const dlu_source *source, size_t *cells, dlu_error *err)
{
    dlu_package *package;
    dlu_status status = dlu_package_open(source, &package, err);
    *cells = 0;
    if (status)
        return status;
    for (size_t i = 0; !status && i < dlu_package_count(package); i++)
        status = check_part(package, dlu_package_name(package, i), cells, err);
    dlu_package_close(package);
    return status;
}
