/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/xlsx.h"

#include <string.h>

#include "base/say.h"

#define MAX_ARRAYS     100000u
#define MAX_ARRAY_WORK (16u * (size_t)DLU_MAX_CELLS) /**< cells looked at to mark arrays */

typedef enum cell_type { T_NUMBER, T_SHARED, T_TEXT, T_BOOL, T_ERROR, T_INLINE, T_DATE } cell_type;

/* Cells of one array formula; only the first of them holds it. */
typedef struct range {
    uint32_t top, left, bottom, right;
} range;

typedef struct reader {
    const dlu_xlsx_context *context;
    dlu_gathered gathered;
    DLU_VEC(range) arrays;
    dlu_rich_text value; /**< of <v> or <is> */
    uint32_t row;        /**< of the row or cell last met */
    uint32_t col;
    unsigned long style;
    cell_type type;
    bool formula;
    bool row_told; /**< the row says its number */
    bool in_data, in_cell, in_v, in_is;
} reader;

static const char again_hint[] = "open the file in Excel or LibreOffice and save it anew";

static dlu_place place_of(const reader *r)
{
    dlu_place place = r->gathered.place;
    place.row = r->row;
    place.col = r->col;
    return place;
}

/* Reads "D20" at p; returns what follows it, or NULL where it is no cell of a sheet. */
static const char *reference(const char *p, uint32_t *row, uint32_t *col)
{
    *row = *col = 0;
    for (; (*p >= 'A' && *p <= 'Z') || (*p >= 'a' && *p <= 'z'); p++) {
        *col = *col * 26 + (uint32_t)((*p | 0x20) - 'a' + 1);
        if (*col > DLU_MAX_SHEET_COLS)
            return NULL;
    }
    for (; *p >= '0' && *p <= '9'; p++) {
        *row = *row * 10 + (uint32_t)(*p - '0');
        if (*row > DLU_MAX_SHEET_ROWS)
            return NULL;
    }
    return *row && *col ? p : NULL;
}

static dlu_status fail_off_sheet(const reader *r, const char *written, dlu_error *err)
{
    dlu_place place = r->gathered.place;
    place.row = r->row;
    return dlu_fail(err, DLU_E_INPUT, "xlsx-off-sheet", &place, again_hint,
                    "expected rows 1 to %u and columns A to XFD, found \"%.40s\"",
                    DLU_MAX_SHEET_ROWS, written);
}

static dlu_status fail_off_row(const reader *r, const char *written, dlu_error *err)
{
    dlu_place place = r->gathered.place;
    place.row = r->row;
    return dlu_fail(err, DLU_E_INPUT, "xlsx-off-row", &place, again_hint,
                    "expected cells of row %u in this row, found \"%.40s\"", (unsigned)r->row,
                    written);
}

static dlu_status open_row(reader *r, const char *const *attributes, dlu_error *err)
{
    const char *written = dlu_xml_attribute(attributes, "r");
    long row = (long)r->row + 1;
    if (written ? !dlu_text_integer(written, 1, DLU_MAX_SHEET_ROWS, &row)
                : row > (long)DLU_MAX_SHEET_ROWS)
        return fail_off_sheet(r, written ? written : "a further row", err);
    r->row = (uint32_t)row;
    r->col = 0;
    r->row_told = written != NULL;
    return DLU_OK;
}

/* Cells without a reference follow the one before. */
static dlu_status set_place(reader *r, const char *written, dlu_error *err)
{
    uint32_t row = r->row, col = r->col + 1;
    const char *end = written ? reference(written, &row, &col) : "";
    if (!end || *end || row == 0 || col > DLU_MAX_SHEET_COLS)
        return fail_off_sheet(r, written ? written : "a further cell", err);
    if (r->row_told && row != r->row)
        return fail_off_row(r, written, err);
    r->row = row;
    r->col = col;
    return DLU_OK;
}

static bool set_type(reader *r, const char *written)
{
    static const struct {
        const char *written;
        cell_type type;
    } types[] = {{"n", T_NUMBER}, {"s", T_SHARED},         {"str", T_TEXT}, {"b", T_BOOL},
                 {"e", T_ERROR},  {"inlineStr", T_INLINE}, {"d", T_DATE}};
    r->type = T_NUMBER;
    for (size_t i = 0; written && i < sizeof types / sizeof types[0]; i++) {
        if (!strcmp(written, types[i].written)) {
            r->type = types[i].type;
            return true;
        }
    }
    return !written;
}

static dlu_status open_cell(reader *r, const char *const *attributes, dlu_error *err)
{
    dlu_status status = set_place(r, dlu_xml_attribute(attributes, "r"), err);
    if (status)
        return status;
    const char *type = dlu_xml_attribute(attributes, "t");
    const char *style = dlu_xml_attribute(attributes, "s");
    long index = 0;
    dlu_place place = place_of(r);
    if (!set_type(r, type))
        return dlu_fail(err, DLU_E_INPUT, "xlsx-cell-type", &place, again_hint,
                        "expected a number, a text, a truth value, a date or an error, found a "
                        "cell of type \"%.40s\"",
                        type);
    dlu_text_integer(style, 0, 1 << 20, &index);
    r->style = (unsigned long)index;
    r->in_cell = true;
    r->formula = r->in_v = r->in_is = false;
    r->value.text.n = 0;
    r->value.phonetic = 0;
    r->value.in_t = false;
    return DLU_OK;
}

static dlu_status open_formula(reader *r, const char *const *attributes, dlu_error *err)
{
    const char *type = dlu_xml_attribute(attributes, "t");
    const char *ref = dlu_xml_attribute(attributes, "ref");
    range found;
    r->formula = true;
    if (!type || !ref || (strcmp(type, "array") && strcmp(type, "dataTable")))
        return DLU_OK;
    const char *end = reference(ref, &found.top, &found.left);
    if (!end || *end != ':' || !reference(end + 1, &found.bottom, &found.right))
        return DLU_OK;
    if (r->arrays.n >= MAX_ARRAYS)
        return dlu_fail(err, DLU_E_LIMIT, "xlsx-too-many-arrays", &r->gathered.place,
                        "give a workbook that holds the plates alone",
                        "expected at most %u array formulas in a sheet, found more", MAX_ARRAYS);
    range *slot = DLU_VEC_ADD(r->gathered.arena, &r->arrays, MAX_ARRAYS);
    if (!slot)
        return dlu_fail_memory(err);
    *slot = found;
    return DLU_OK;
}

static dlu_status on_open(void *who, const char *name, const char *const *attributes,
                          dlu_error *err)
{
    reader *r = who;
    if (!r->in_data) {
        r->in_data = !strcmp(name, "sheetData");
        return DLU_OK;
    }
    if (!r->in_cell) {
        if (!strcmp(name, "c"))
            return open_cell(r, attributes, err);
        return strcmp(name, "row") ? DLU_OK : open_row(r, attributes, err);
    }
    if (r->in_is)
        dlu_rich_text_open(&r->value, name);
    else if (!strcmp(name, "v"))
        r->in_v = true;
    else if (!strcmp(name, "is"))
        r->in_is = true;
    else if (!strcmp(name, "f"))
        return open_formula(r, attributes, err);
    return DLU_OK;
}

static void on_text(void *who, const char *text, size_t n)
{
    reader *r = who;
    if (r->in_v && r->type != T_INLINE)
        dlu_buffer_add_n(&r->value.text, text, n);
    else if (r->in_is && r->type == T_INLINE)
        dlu_rich_text_add(&r->value, text, n);
}

static dlu_status keep_bytes(reader *r, const char *text, size_t n, dlu_cell *cell, dlu_error *err)
{
    dlu_status status = dlu_usage_text(r->context->usage, n, &r->gathered.place, err);
    if (status)
        return status;
    cell->text = dlu_arena_copy_n(r->gathered.arena, text, n);
    return cell->text ? DLU_OK : dlu_fail_memory(err);
}

static dlu_status keep_text(reader *r, const char *text, dlu_cell *cell, dlu_error *err)
{
    return keep_bytes(r, text, strlen(text), cell, err);
}

static dlu_status shared_text(reader *r, const char *raw, dlu_cell *cell, dlu_error *err)
{
    const dlu_shared_strings *strings = r->context->strings;
    long index = -1;
    if (dlu_text_integer(raw, 0, (long)DLU_MAX_CELLS, &index) && (size_t)index < strings->list.n) {
        cell->text = strings->list.items[index];
        return DLU_OK;
    }
    dlu_place place = place_of(r);
    return dlu_fail(err, DLU_E_INPUT, "xlsx-text-missing", &place, again_hint,
                    "expected one of the workbook's %zu shared texts, found number \"%.40s\"",
                    strings->list.n, raw);
}

static dlu_number_style style_of(const reader *r)
{
    const dlu_styles *styles = r->context->styles;
    return r->style < styles->list.n ? (dlu_number_style)styles->list.items[r->style]
                                     : DLU_STYLE_NUMBER;
}

/* A value that is no number, such as NAN, stays as the text it is. */
static dlu_status number_cell(reader *r, const char *raw, dlu_cell *cell, dlu_error *err)
{
    char date[DLU_DATE_SIZE + DLU_NUMBER_SIZE];
    double number;
    bool date1904 = r->context->date1904;
    dlu_number_style style = r->type == T_DATE ? DLU_STYLE_DATE : style_of(r);
    bool is_number = r->type == T_DATE ? dlu_xlsx_date_serial(raw, date1904, &number)
                                       : dlu_text_number(raw, '.', &number);
    if (is_number) {
        cell->kind = DLU_CELL_NUMBER;
        cell->date = style != DLU_STYLE_NUMBER && dlu_xlsx_date_text(number, style, date1904, date);
    }
    if (!cell->date)
        return keep_text(r, raw, cell, err);
    size_t n = strlen(date) + 1;
    dlu_text_from_double(number, date + n);
    return keep_bytes(r, date, n + strlen(date + n), cell, err);
}

static dlu_status fill_cell(reader *r, const char *raw, dlu_cell *cell, dlu_error *err)
{
    switch (r->type) {
    case T_SHARED:
        return shared_text(r, raw, cell, err);
    case T_BOOL:
        cell->kind = DLU_CELL_BOOL;
        return keep_text(r, dlu_xml_is_true(raw) ? "TRUE" : "FALSE", cell, err);
    case T_ERROR:
        cell->kind = DLU_CELL_ERROR;
        return keep_text(r, raw, cell, err);
    case T_NUMBER:
    case T_DATE:
        return number_cell(r, raw, cell, err);
    default:
        return keep_text(r, raw, cell, err);
    }
}

/*
 * Empty and blank cells are not kept; but a formula whose value was never saved is, as "". A
 * formula whose value is an empty text is of type "str", and such cells are empty.
 */
static dlu_status close_cell(reader *r, dlu_error *err)
{
    dlu_cell cell = {.row = r->row, .col = r->col, .text = "", .formula = r->formula};
    r->in_cell = false;
    if (r->value.text.failed)
        return dlu_fail_memory(err);
    if (r->type == T_TEXT && r->value.text.n) {
        r->value.text.n = dlu_xlsx_unescape(r->value.text.bytes, r->value.text.n);
        r->value.text.bytes[r->value.text.n] = '\0';
    }
    const char *raw = r->value.text.n ? r->value.text.bytes : "";
    bool blank = dlu_text_is_blank(raw);
    if (!blank) {
        dlu_status status = fill_cell(r, raw, &cell, err);
        if (status)
            return status;
        blank = dlu_text_is_blank(cell.text);
    }
    bool unsaved = r->formula && r->type == T_NUMBER;
    return blank && !unsaved ? DLU_OK : dlu_gathered_add(&r->gathered, &cell, err);
}

static dlu_status on_close(void *who, const char *name, dlu_error *err)
{
    reader *r = who;
    if (!r->in_cell) {
        if (!strcmp(name, "sheetData"))
            r->in_data = false;
        return DLU_OK;
    }
    if (!strcmp(name, "c"))
        return close_cell(r, err);
    if (!strcmp(name, "v"))
        r->in_v = false;
    else if (!strcmp(name, "is"))
        r->in_is = false;
    else if (r->in_is)
        dlu_rich_text_close(&r->value, name);
    return DLU_OK;
}

/* Marks the cells of array formulas, whose formula stands in their first cell only. */
static dlu_status mark_arrays(reader *r, const dlu_sheet *sheet, dlu_error *err)
{
    size_t work = 0;
    for (size_t i = 0; i < r->arrays.n; i++) {
        const range *a = &r->arrays.items[i];
        for (uint32_t row = a->top; row <= a->bottom && row <= sheet->n_rows; row++) {
            dlu_cell *cells = &r->gathered.cells.items[sheet->rows[row].first];
            work += sheet->rows[row].n + 1;
            for (uint32_t k = 0; k < sheet->rows[row].n; k++)
                if (cells[k].col >= a->left && cells[k].col <= a->right)
                    cells[k].formula = true;
        }
        if (work > MAX_ARRAY_WORK)
            return dlu_fail(err, DLU_E_LIMIT, "xlsx-arrays-too-large", &r->gathered.place,
                            "give a workbook that holds the plates alone",
                            "expected array formulas over fewer cells, found that they overlap "
                            "too often");
    }
    return DLU_OK;
}

dlu_status dlu_xlsx_read_sheet(const dlu_xlsx_context *context, const dlu_xlsx_sheet *sheet,
                               dlu_sheet *out, dlu_error *err)
{
    static const dlu_xml_events events = {on_open, on_close, on_text};
    reader r = {
        .context = context,
        .gathered = {.arena = context->arena,
                     .usage = context->usage,
                     .place = {.file = dlu_package_file(context->package), .sheet = sheet->name}}};
    dlu_status status = dlu_xml_read(context->package, sheet->part, &events, &r, err);
    if (status == DLU_OK)
        status = dlu_gathered_finish(&r.gathered, out, err);
    if (status == DLU_OK)
        status = mark_arrays(&r, out, err);
    dlu_buffer_free(&r.value.text);
    return status;
}
