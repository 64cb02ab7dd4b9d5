/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/xlsx.h"

#include "base/say.h"

static dlu_status read_sheets(const dlu_xlsx_context *context, const dlu_xlsx_parts *parts,
                              dlu_book *book, dlu_error *err)
{
    book->sheets = dlu_arena_alloc(context->arena, parts->n_sheets, sizeof *book->sheets);
    if (!book->sheets)
        return dlu_fail_memory(err);
    for (size_t i = 0; i < parts->n_sheets; i++) {
        dlu_status status = dlu_xlsx_read_sheet(context, &parts->sheets[i], &book->sheets[i], err);
        if (status)
            return status;
        book->n_sheets++;
    }
    return DLU_OK;
}

static dlu_status read_package(dlu_package *package, dlu_arena *arena, dlu_book *book,
                               dlu_error *err)
{
    dlu_xlsx_parts parts;
    dlu_usage usage = {0};
    dlu_shared_strings strings = {0};
    dlu_styles styles = {0};
    dlu_status status = dlu_xlsx_find_parts(package, arena, &parts, err);
    if (status == DLU_OK && parts.strings)
        status = dlu_xlsx_read_strings(package, parts.strings, arena, &usage, &strings, err);
    if (status == DLU_OK && parts.styles)
        status = dlu_xlsx_read_styles(package, parts.styles, arena, &styles, err);
    if (status)
        return status;
    dlu_xlsx_context context = {package, arena, &usage, &strings, &styles, parts.date1904};
    return read_sheets(&context, &parts, book, err);
}

dlu_status dlu_xlsx_read(const dlu_source *source, dlu_arena *arena, dlu_book *book, dlu_error *err)
{
    dlu_package *package;
    dlu_status status = dlu_package_open(source, &package, err);
    if (status)
        return status;
    status = read_package(package, arena, book, err);
    dlu_package_close(package);
    return status;
}
