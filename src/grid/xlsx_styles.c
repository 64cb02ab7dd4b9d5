/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/xlsx.h"

#include <string.h>

#include "base/say.h"

#define MAX_FORMATS 4096u
#define MAX_STYLES  65536u
#define MAX_ID      1000000

/* Length of [h], [mm], [ss] and the like, which count on over a day; 0 for other brackets. */
static size_t elapsed_at(const char *p)
{
    size_t n = strspn(p + 1, "hHmMsS");
    return n > 0 && p[n + 1] == ']' ? n + 2 : 0;
}

/* What follows a quoted text, an escaped sign or a bracket at p, or p where there is none. */
static const char *skip_literal(const char *p)
{
    const char *end = NULL;
    if (*p == '"')
        end = strchr(p + 1, '"');
    else if (*p == '[')
        end = strchr(p, ']');
    else if (*p == '\\' || *p == '_' || *p == '*')
        return p[1] ? p + 2 : p + 1;
    else
        return p;
    return end ? end + 1 : p + strlen(p);
}

/* Only the first section counts: it shows positive numbers. */
dlu_number_style dlu_xlsx_format_style(const char *format_code)
{
    const char *p = format_code;
    if (dlu_text_starts(p, "General") || dlu_text_starts(p, "Standard"))
        return DLU_STYLE_NUMBER;
    while (*p && *p != ';') {
        if (*p == '[' && elapsed_at(p))
            return DLU_STYLE_DURATION;
        const char *after = skip_literal(p);
        if (after == p && strchr("yYmMdDhHsS", *p))
            return DLU_STYLE_DATE;
        p = after == p ? p + 1 : after;
    }
    return DLU_STYLE_NUMBER;
}

/* The formats that every workbook has without naming them; 27 to 36 and 50 to 58 in East Asia. */
static dlu_number_style built_in(long id)
{
    if (id == 46)
        return DLU_STYLE_DURATION;
    bool date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) ||
                (id >= 50 && id <= 58);
    return date ? DLU_STYLE_DATE : DLU_STYLE_NUMBER;
}

typedef struct format {
    long id;
    dlu_number_style style;
} format;

typedef struct reader {
    dlu_arena *arena;
    dlu_place place;
    DLU_VEC(format) formats;
    DLU_VEC(long) ids; /**< format of style i */
    bool in_styles;
} reader;

static long format_id(const char *const *attributes)
{
    long id = 0;
    dlu_text_integer(dlu_xml_attribute(attributes, "numFmtId"), 0, MAX_ID, &id);
    return id;
}

static dlu_status fail_too_many(const reader *r, const char *what, unsigned max, dlu_error *err)
{
    return dlu_fail(err, DLU_E_LIMIT, "xlsx-too-many-styles", &r->place,
                    "copy the cells into a new workbook",
                    "expected at most %u %s in the workbook, found more", max, what);
}

static dlu_status add_format(reader *r, const char *const *attributes, dlu_error *err)
{
    const char *code = dlu_xml_attribute(attributes, "formatCode");
    if (r->formats.n >= MAX_FORMATS)
        return fail_too_many(r, "number formats", MAX_FORMATS, err);
    format *slot = DLU_VEC_ADD(r->arena, &r->formats, MAX_FORMATS);
    if (!slot)
        return dlu_fail_memory(err);
    *slot = (format){format_id(attributes), dlu_xlsx_format_style(code ? code : "")};
    return DLU_OK;
}

static dlu_status add_style(reader *r, const char *const *attributes, dlu_error *err)
{
    if (r->ids.n >= MAX_STYLES)
        return fail_too_many(r, "cell styles", MAX_STYLES, err);
    long *slot = DLU_VEC_ADD(r->arena, &r->ids, MAX_STYLES);
    if (!slot)
        return dlu_fail_memory(err);
    *slot = format_id(attributes);
    return DLU_OK;
}

static dlu_status on_open(void *who, const char *name, const char *const *attributes,
                          dlu_error *err)
{
    reader *r = who;
    if (!strcmp(name, "numFmt"))
        return add_format(r, attributes, err);
    if (!strcmp(name, "cellXfs"))
        r->in_styles = true;
    else if (!strcmp(name, "xf") && r->in_styles)
        return add_style(r, attributes, err);
    return DLU_OK;
}

static dlu_status on_close(void *who, const char *name, dlu_error *err)
{
    reader *r = who;
    (void)err;
    if (!strcmp(name, "cellXfs"))
        r->in_styles = false;
    return DLU_OK;
}

static dlu_number_style style_of(const reader *r, long id)
{
    for (size_t i = 0; i < r->formats.n; i++)
        if (r->formats.items[i].id == id)
            return r->formats.items[i].style;
    return built_in(id);
}

static dlu_status resolve(const reader *r, dlu_arena *arena, dlu_styles *out, dlu_error *err)
{
    for (size_t i = 0; i < r->ids.n; i++) {
        unsigned char *slot = DLU_VEC_ADD(arena, &out->list, MAX_STYLES);
        if (!slot)
            return dlu_fail_memory(err);
        *slot = (unsigned char)style_of(r, r->ids.items[i]);
    }
    return DLU_OK;
}

dlu_status dlu_xlsx_read_styles(dlu_package *package, const char *part, dlu_arena *arena,
                                dlu_styles *out, dlu_error *err)
{
    static const dlu_xml_events events = {on_open, on_close, NULL};
    reader r = {.arena = arena, .place = {.file = dlu_package_file(package)}};
    dlu_status status = dlu_xml_read(package, part, &events, &r, err);
    return status ? status : resolve(&r, arena, out, err);
}
