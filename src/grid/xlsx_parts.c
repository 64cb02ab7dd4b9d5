/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/xlsx.h"

#include <string.h>

#include "base/say.h"

#define MAX_RELATIONSHIPS 20000u
#define MAX_SHEETS        1000u
#define MAX_MIME_TYPE     128u

static const char save_hint[] = "open it in Excel or LibreOffice and save it as .xlsx";
static const char copy_hint[] = "copy its tables into a workbook and save that as .xlsx";

typedef struct relationship {
    const char *id;
    const char *type;
    const char *target;
    bool external; /**< the target is another file */
} relationship;

typedef struct relationships {
    dlu_arena *arena;
    dlu_place place;
    DLU_VEC(relationship) list;
} relationships;

static const char *copied(dlu_arena *arena, const char *text)
{
    return dlu_arena_copy(arena, text ? text : "");
}

static dlu_status on_relationship(void *who, const char *name, const char *const *attributes,
                                  dlu_error *err)
{
    relationships *r = who;
    if (strcmp(name, "Relationship"))
        return DLU_OK;
    if (r->list.n >= MAX_RELATIONSHIPS)
        return dlu_fail(err, DLU_E_LIMIT, "xlsx-too-many-relationships", &r->place, save_hint,
                        "expected at most %u relationships in the workbook, found more",
                        MAX_RELATIONSHIPS);
    const char *mode = dlu_xml_attribute(attributes, "TargetMode");
    relationship found = {copied(r->arena, dlu_xml_attribute(attributes, "Id")),
                          copied(r->arena, dlu_xml_attribute(attributes, "Type")),
                          copied(r->arena, dlu_xml_attribute(attributes, "Target")),
                          mode && !strcmp(mode, "External")};
    relationship *slot = found.id && found.type && found.target
                             ? DLU_VEC_ADD(r->arena, &r->list, MAX_RELATIONSHIPS)
                             : NULL;
    if (!slot)
        return dlu_fail_memory(err);
    *slot = found;
    return DLU_OK;
}

static dlu_status ignore_close(void *who, const char *name, dlu_error *err)
{
    (void)who;
    (void)name;
    (void)err;
    return DLU_OK;
}

static dlu_status read_relationships(dlu_package *package, const char *part, dlu_arena *arena,
                                     relationships *out, dlu_error *err)
{
    static const dlu_xml_events events = {on_relationship, ignore_close, NULL};
    *out = (relationships){.arena = arena, .place = {.file = dlu_package_file(package)}};
    return dlu_xml_read(package, part, &events, out, err);
}

/* Types end alike in both editions of the standard: ".../relationships/worksheet". */
static bool is_type(const relationship *r, const char *type)
{
    const char *slash = strrchr(r->type, '/');
    return slash && !strcmp(slash + 1, type);
}

static const relationship *first_of_type(const relationships *r, const char *type)
{
    for (size_t i = 0; i < r->list.n; i++)
        if (is_type(&r->list.items[i], type))
            return &r->list.items[i];
    return NULL;
}

/* Takes the last name off a path of n bytes; returns the length that is left. */
static size_t parent(const char *path, size_t n)
{
    while (n > 0 && path[n - 1] != '/')
        n--;
    return n > 0 ? n - 1 : 0;
}

/* The part that `target` means, seen from the part `from`; NULL where memory ran out. */
static const char *resolved(dlu_arena *arena, const char *from, const char *target)
{
    size_t used = *target == '/' ? 0 : parent(from, strlen(from));
    char *path = dlu_arena_alloc(arena, strlen(from) + strlen(target) + 2, 1);
    if (!path)
        return NULL;
    memcpy(path, from, used);
    while (*target) {
        size_t n = strcspn(target, "/");
        if (n == 2 && !memcmp(target, "..", 2)) {
            used = parent(path, used);
        } else if (n > 0 && !(n == 1 && *target == '.')) {
            if (used > 0)
                path[used++] = '/';
            memcpy(path + used, target, n);
            used += n;
        }
        target += n;
        target += *target == '/';
    }
    path[used] = '\0';
    return path;
}

typedef struct mime_type {
    char text[MAX_MIME_TYPE];
    size_t n;
} mime_type;

static dlu_status take_mime_type(void *who, const char *bytes, size_t n, dlu_error *err)
{
    mime_type *type = who;
    (void)err;
    for (size_t i = 0; i < n && type->n + 1 < sizeof type->text; i++)
        type->text[type->n++] = bytes[i];
    type->text[type->n] = '\0';
    return DLU_OK;
}

/* What an archive may be instead; `mark` stands in its type or in the name of its main part. */
static const struct other_format {
    const char *mark;
    const char *code;
    const char *what;
    const char *hint;
} other_formats[] = {
    {"opendocument", "file-opendocument", "an OpenDocument file (.ods)", save_hint},
    {"word/", "file-word", "a Word document (.docx)", copy_hint},
    {"ppt/", "file-powerpoint", "a PowerPoint file (.pptx)", copy_hint},
    {".bin", "file-xlsb", "a binary workbook (.xlsb)", save_hint},
};

static const struct other_format *other_format(const char *mark)
{
    for (size_t i = 0; i < sizeof other_formats / sizeof other_formats[0]; i++)
        if (strstr(mark, other_formats[i].mark))
            return &other_formats[i];
    return NULL;
}

/* Says what an archive without a workbook is, as far as its parts tell. */
static dlu_status fail_no_workbook(dlu_package *package, const char *main_part, dlu_error *err)
{
    dlu_place place = {.file = dlu_package_file(package)};
    mime_type mime = {.n = 0};
    if (dlu_package_has(package, "mimetype")) {
        dlu_status status = dlu_package_unpack(package, "mimetype", take_mime_type, &mime, err);
        if (status)
            return status;
    }
    const struct other_format *other = other_format(mime.n ? mime.text : main_part);
    if (other)
        return dlu_fail(err, DLU_E_INPUT, other->code, &place, other->hint,
                        "expected a workbook (.xlsx), found %s", other->what);
    if (dlu_package_has(package, "Index/Document.iwa"))
        return dlu_fail(err, DLU_E_INPUT, "file-numbers", &place, "export it from Numbers as .xlsx",
                        "expected a workbook (.xlsx), found a file of Apple Numbers");
    return dlu_fail(err, DLU_E_INPUT, "zip-no-workbook", &place,
                    "give the workbook itself; unpack an archive of several files first",
                    "expected a workbook (.xlsx), found a zip archive of something else");
}

/* What stands in workbook.xml. */
typedef struct named_sheet {
    const char *name;
    const char *id;
} named_sheet;

typedef struct workbook {
    dlu_arena *arena;
    dlu_place place;
    DLU_VEC(named_sheet) sheets;
    unsigned depth;
    bool is_workbook;
    bool in_sheets;
    bool date1904;
} workbook;

static dlu_status add_sheet(workbook *w, const char *const *attributes, dlu_error *err)
{
    if (w->sheets.n >= MAX_SHEETS)
        return dlu_fail(err, DLU_E_LIMIT, "xlsx-too-many-sheets", &w->place,
                        "give a workbook that holds the plates alone",
                        "expected at most %u sheets, found more", MAX_SHEETS);
    const char *name = dlu_xml_attribute(attributes, "name");
    char *copy = dlu_arena_copy(w->arena, name ? name : "");
    const char *id = copied(w->arena, dlu_xml_relationship(attributes));
    named_sheet *slot = copy && id ? DLU_VEC_ADD(w->arena, &w->sheets, MAX_SHEETS) : NULL;
    if (!slot)
        return dlu_fail_memory(err);
    copy[dlu_xlsx_unescape(copy, strlen(copy))] = '\0';
    *slot = (named_sheet){copy, id};
    return DLU_OK;
}

static dlu_status on_workbook_open(void *who, const char *name, const char *const *attributes,
                                   dlu_error *err)
{
    workbook *w = who;
    if (w->depth++ == 0)
        w->is_workbook = !strcmp(name, "workbook");
    else if (!strcmp(name, "workbookPr"))
        w->date1904 = dlu_xml_is_true(dlu_xml_attribute(attributes, "date1904"));
    else if (!strcmp(name, "sheets"))
        w->in_sheets = true;
    else if (!strcmp(name, "sheet") && w->in_sheets)
        return add_sheet(w, attributes, err);
    return DLU_OK;
}

static dlu_status on_workbook_close(void *who, const char *name, dlu_error *err)
{
    workbook *w = who;
    (void)err;
    w->depth--;
    if (!strcmp(name, "sheets"))
        w->in_sheets = false;
    return DLU_OK;
}

static dlu_status read_workbook(dlu_package *package, const char *part, workbook *w, dlu_error *err)
{
    static const dlu_xml_events events = {on_workbook_open, on_workbook_close, NULL};
    if (other_format(part))
        return fail_no_workbook(package, part, err);
    dlu_status status = dlu_xml_read(package, part, &events, w, err);
    if (status == DLU_OK && !w->is_workbook)
        status = fail_no_workbook(package, part, err);
    return status;
}

static const relationship *by_id(const relationships *r, const char *id)
{
    for (size_t i = 0; i < r->list.n; i++)
        if (!strcmp(r->list.items[i].id, id))
            return &r->list.items[i];
    return NULL;
}

/* Their cells could not be told apart in messages. */
static dlu_status check_sheet_names(const workbook *w, dlu_error *err)
{
    for (size_t i = 1; i < w->sheets.n; i++)
        for (size_t k = 0; k < i; k++)
            if (dlu_text_same(w->sheets.items[i].name, w->sheets.items[k].name))
                return dlu_fail(
                    err, DLU_E_INPUT, "xlsx-doubled-sheet", &w->place,
                    "give each sheet a name of its own, or delete the one that is not "
                    "wanted",
                    "expected sheets with names of their own, found two named \"%.80s\"",
                    w->sheets.items[i].name);
    return DLU_OK;
}

/* Sheets of charts, dialogs and macros are passed over. */
static dlu_status join_sheets(const workbook *w, const relationships *rels, const char *main_part,
                              dlu_xlsx_parts *out, dlu_error *err)
{
    dlu_xlsx_sheet *sheets = dlu_arena_alloc(w->arena, w->sheets.n, sizeof *sheets);
    if (!sheets)
        return dlu_fail_memory(err);
    for (size_t i = 0; i < w->sheets.n; i++) {
        const named_sheet *sheet = &w->sheets.items[i];
        const relationship *rel = by_id(rels, sheet->id);
        dlu_place place = {.file = w->place.file, .sheet = sheet->name};
        if (!rel)
            return dlu_fail(err, DLU_E_INPUT, "xlsx-sheet-missing", &place, save_hint,
                            "expected a relationship \"%s\" that says where the sheet is, found "
                            "none",
                            sheet->id);
        if (!is_type(rel, "worksheet"))
            continue;
        if (rel->external)
            return dlu_fail(err, DLU_E_INPUT, "xlsx-sheet-elsewhere", &place,
                            "copy the sheet into the workbook",
                            "expected the sheet's cells in the workbook, found that they are in "
                            "another file: \"%.80s\"",
                            rel->target);
        const char *part = resolved(w->arena, main_part, rel->target);
        if (!part)
            return dlu_fail_memory(err);
        sheets[out->n_sheets++] = (dlu_xlsx_sheet){sheet->name, part};
    }
    out->sheets = sheets;
    if (out->n_sheets == 0)
        return dlu_fail(err, DLU_E_INPUT, "xlsx-no-sheets", &w->place, save_hint,
                        "expected a sheet of cells in the workbook, found none");
    return DLU_OK;
}

static dlu_status optional_part(const relationships *rels, const char *type, const char *main_part,
                                const char **out, dlu_error *err)
{
    const relationship *rel = first_of_type(rels, type);
    *out = rel ? resolved(rels->arena, main_part, rel->target) : NULL;
    return rel && !*out ? dlu_fail_memory(err) : DLU_OK;
}

static dlu_status find_main(dlu_package *package, dlu_arena *arena, const char **out,
                            dlu_error *err)
{
    relationships root;
    if (!dlu_package_has(package, "_rels/.rels"))
        return fail_no_workbook(package, "", err);
    dlu_status status = read_relationships(package, "_rels/.rels", arena, &root, err);
    if (status)
        return status;
    status = optional_part(&root, "officeDocument", "", out, err);
    if (status == DLU_OK && !*out)
        status = fail_no_workbook(package, "", err);
    return status;
}

/* Relationships of a/b.xml stand in a/_rels/b.xml.rels. */
static const char *relationships_part(dlu_arena *arena, const char *part)
{
    size_t folder = parent(part, strlen(part));
    const char *name = folder ? part + folder + 1 : part + (*part == '/');
    return dlu_arena_printf(arena, "%.*s%s_rels/%s.rels", (int)folder, part, folder ? "/" : "",
                            name);
}

dlu_status dlu_xlsx_find_parts(dlu_package *package, dlu_arena *arena, dlu_xlsx_parts *out,
                               dlu_error *err)
{
    const char *main_part;
    relationships rels;
    workbook w = {.arena = arena, .place = {.file = dlu_package_file(package)}};
    *out = (dlu_xlsx_parts){0};
    dlu_status status = find_main(package, arena, &main_part, err);
    if (status == DLU_OK)
        status = read_workbook(package, main_part, &w, err);
    if (status == DLU_OK)
        status = check_sheet_names(&w, err);
    if (status)
        return status;
    const char *rels_part = relationships_part(arena, main_part);
    if (!rels_part)
        return dlu_fail_memory(err);
    status = read_relationships(package, rels_part, arena, &rels, err);
    if (status == DLU_OK)
        status = join_sheets(&w, &rels, main_part, out, err);
    if (status == DLU_OK)
        status = optional_part(&rels, "sharedStrings", main_part, &out->strings, err);
    if (status == DLU_OK)
        status = optional_part(&rels, "styles", main_part, &out->styles, err);
    out->date1904 = w.date1904;
    return status;
}
