/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_TEST_WORKBOOK_H
#define DLU_TEST_WORKBOOK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zip.h>

/* Looks into a workbook as text, part by part, without the reader under test. */

/** A part such as "xl/styles.xml" as text, to be freed; NULL where there is none. */
static inline char *workbook_part(const char *path, const char *name)
{
    zip_stat_t stat;
    char *text = NULL;
    zip_t *zip = zip_open(path, ZIP_RDONLY, NULL);
    zip_file_t *file = zip ? zip_fopen(zip, name, 0) : NULL;
    if (file && !zip_stat(zip, name, 0, &stat)) {
        text = malloc((size_t)stat.size + 1);
        zip_int64_t n = text ? zip_fread(file, text, stat.size) : -1;
        if (text)
            text[n < 0 ? 0 : n] = '\0';
    }
    if (file)
        zip_fclose(file);
    if (zip)
        zip_discard(zip);
    return text;
}

/** Where the i-th element of that name begins after `text`, or NULL. */
static inline const char *workbook_element(const char *text, const char *begin, unsigned i)
{
    for (text = strstr(text, begin); text && i; i--)
        text = strstr(text + 1, begin);
    return text;
}

/** The number of an attribute of the element at `text`, or -1. */
static inline long workbook_attribute(const char *text, const char *attribute)
{
    const char *end = text ? strchr(text, '>') : NULL;
    const char *at = text ? strstr(text, attribute) : NULL;
    return at && at < end ? strtol(at + strlen(attribute), NULL, 10) : -1;
}

/** Background of a cell of sheet 1 as "FFC6EFCE" in `argb`, or "" where it has none. */
static inline void workbook_fill(const char *path, const char *cell, char argb[9])
{
    char begin[32];
    char *sheet = workbook_part(path, "xl/worksheets/sheet1.xml");
    char *styles = workbook_part(path, "xl/styles.xml");
    snprintf(begin, sizeof begin, "<c r=\"%s\"", cell);
    argb[0] = '\0';
    const char *at = sheet ? strstr(sheet, begin) : NULL;
    long style = workbook_attribute(at, " s=\"");
    const char *formats = styles ? strstr(styles, "<cellXfs") : NULL;
    const char *xf =
        formats && style >= 0 ? workbook_element(formats, "<xf ", (unsigned)style) : NULL;
    long fill = workbook_attribute(xf, "fillId=\"");
    const char *fills = styles && fill >= 0 ? strstr(styles, "<fills") : NULL;
    const char *paper = fills ? workbook_element(fills, "<fill>", (unsigned)fill) : NULL;
    const char *rgb = paper ? strstr(paper, "<fgColor rgb=\"") : NULL;
    if (rgb && rgb < strstr(paper, "</fill>"))
        snprintf(argb, 9, "%.8s", rgb + strlen("<fgColor rgb=\""));
    free(sheet);
    free(styles);
}

/** A whole file, to be freed; *n is its size, 0 where it cannot be read. */
static inline char *workbook_bytes(const char *path, size_t *n)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(1 << 20);
    *n = file && bytes ? fread(bytes, 1, 1 << 20, file) : 0;
    if (file)
        fclose(file);
    return bytes;
}

#endif
