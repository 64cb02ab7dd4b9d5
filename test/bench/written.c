/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "written.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grid/xlsx.h"

static void give_up(const char *text)
{
    fprintf(stderr, "error: %s\n", text);
    exit(2);
}

static void *checked(void *memory)
{
    if (!memory)
        give_up("no memory");
    return memory;
}

/* One part being read: the cell or shared text that is open, and the text in it. */
typedef struct reading {
    written *out, links;
    char **shared;
    size_t n_shared;
    uint32_t sheet;
    written_cell cell;
    char type;
    bool array;
    char *formula, *value;
    char *text;
    size_t n_text, cap_text;
} reading;

static written_cell *add(written *w)
{
    if (w->n == w->cap) {
        w->cap = w->cap ? 2 * w->cap : 1024;
        w->cells = checked(realloc(w->cells, w->cap * sizeof *w->cells));
    }
    w->cells[w->n] = (written_cell){0};
    return &w->cells[w->n++];
}

static char *joined(const char *a, const char *b)
{
    char *text = checked(malloc(strlen(a) + strlen(b) + 1));
    strcpy(text, a);
    return strcat(text, b);
}

static void place(written_cell *cell, const char *ref)
{
    uint32_t col = 0;
    for (; *ref >= 'A' && *ref <= 'Z'; ref++)
        col = col * 26 + (uint32_t)(*ref - 'A') + 1;
    cell->col = col - 1;
    cell->row = (uint32_t)strtoul(ref, NULL, 10) - 1;
}

static dlu_status open_element(void *who, const char *name, const char *const *attributes,
                               dlu_error *err)
{
    reading *r = who;
    const char *type = dlu_xml_attribute(attributes, "t");
    (void)err;
    r->n_text = 0;
    if (!strcmp(name, "c")) {
        r->cell =
            (written_cell){.sheet = r->sheet, .styled = dlu_xml_attribute(attributes, "s") != NULL};
        place(&r->cell, dlu_xml_attribute(attributes, "r"));
        r->type = !type ? 'n' : !strcmp(type, "s") ? 's' : 't';
        r->array = false;
    } else if (!strcmp(name, "f")) {
        r->array = type && !strcmp(type, "array");
    } else if (!strcmp(name, "hyperlink")) {
        written_cell *link = add(&r->links);
        link->kind = WRITTEN_LINK;
        link->sheet = r->sheet;
        link->text = joined("internal:", dlu_xml_attribute(attributes, "location"));
        place(link, dlu_xml_attribute(attributes, "ref"));
    }
    return DLU_OK;
}

static void take_text(void *who, const char *text, size_t n)
{
    reading *r = who;
    if (r->n_text + n + 1 > r->cap_text) {
        r->cap_text = 2 * (r->n_text + n + 1);
        r->text = checked(realloc(r->text, r->cap_text));
    }
    memcpy(r->text + r->n_text, text, n);
    r->n_text += n;
}

static char *taken(reading *r)
{
    take_text(r, "", 0);
    r->text[r->n_text] = '\0';
    return joined(r->text, "");
}

static void close_cell(reading *r)
{
    written_cell *cell = add(r->out);
    *cell = r->cell;
    bool number = r->type != 's' && r->type != 't';
    if (r->formula) {
        cell->kind = r->array ? WRITTEN_ARRAY : number ? WRITTEN_FORMULA : WRITTEN_FORMULA_TEXT;
        cell->text = joined("=", r->formula);
        cell->result = joined(r->value ? r->value : "", "");
        cell->number = number && r->value ? strtod(r->value, NULL) : 0;
    } else if (!r->value) {
        cell->kind = WRITTEN_BLANK;
    } else if (number) {
        cell->kind = WRITTEN_NUMBER;
        cell->number = strtod(r->value, NULL);
    } else {
        size_t i = strtoul(r->value, NULL, 10);
        cell->kind = WRITTEN_TEXT;
        cell->text = joined(i < r->n_shared ? r->shared[i] : "", "");
    }
    free(r->formula);
    free(r->value);
    r->formula = r->value = NULL;
}

static dlu_status close_element(void *who, const char *name, dlu_error *err)
{
    reading *r = who;
    (void)err;
    if (!strcmp(name, "f")) {
        r->formula = taken(r);
    } else if (!strcmp(name, "v")) {
        r->value = taken(r);
    } else if (!strcmp(name, "c")) {
        close_cell(r);
    } else if (!strcmp(name, "t")) {
        r->shared = checked(realloc(r->shared, (r->n_shared + 1) * sizeof *r->shared));
        r->shared[r->n_shared++] = taken(r);
    }
    return DLU_OK;
}

static void read_part(dlu_package *package, const char *part, reading *r)
{
    static const dlu_xml_events events = {open_element, close_element, take_text};
    dlu_error err;
    if (dlu_xml_read(package, part, &events, r, &err))
        give_up(err.text);
}

/* Links are known last, and have to be written first. */
static void read_sheet(dlu_package *package, const char *part, reading *r)
{
    written cells = {0}, *out = r->out;
    r->out = &cells;
    r->links.n = 0;
    read_part(package, part, r);
    for (size_t i = 0; i < r->links.n; i++)
        *add(out) = r->links.cells[i];
    for (size_t i = 0; i < cells.n; i++)
        *add(out) = cells.cells[i];
    free(cells.cells);
    r->out = out;
}

static char *bytes_of(const char *path, size_t *n)
{
    *n = written_size(path);
    FILE *file = fopen(path, "rb");
    char *bytes = checked(malloc(*n + 1));
    if (!file || fread(bytes, 1, *n, file) != *n)
        give_up("a workbook cannot be read back");
    fclose(file);
    return bytes;
}

written written_read(const char *path)
{
    size_t n;
    char *bytes = bytes_of(path, &n), part[64];
    dlu_source source = {.name = path, .bytes = bytes, .n_bytes = n};
    dlu_package *package;
    dlu_error err;
    written w = {0};
    reading r = {.out = &w};
    if (dlu_package_open(&source, &package, &err))
        give_up(err.text);
    read_part(package, "xl/sharedStrings.xml", &r);
    for (r.sheet = 0;; r.sheet++) {
        snprintf(part, sizeof part, "xl/worksheets/sheet%u.xml", r.sheet + 1);
        if (!dlu_package_has(package, part))
            break;
        read_sheet(package, part, &r);
    }
    dlu_package_close(package);
    for (size_t i = 0; i < r.n_shared; i++)
        free(r.shared[i]);
    free(r.shared);
    free(r.links.cells);
    free(r.text);
    free(bytes);
    return w;
}

void written_free(written *w)
{
    for (size_t i = 0; i < w->n; i++) {
        free(w->cells[i].text);
        free(w->cells[i].result);
    }
    free(w->cells);
}

size_t written_size(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file || fseek(file, 0, SEEK_END))
        give_up("a workbook cannot be read back");
    long n = ftell(file);
    fclose(file);
    return n > 0 ? (size_t)n : 0;
}
