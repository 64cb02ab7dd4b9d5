/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef DLU_GRID_XLSX_H
#define DLU_GRID_XLSX_H

#include "base/text.h"
#include "grid/cells.h"

/* The pieces of the workbook reader, from the archive up to the sheet. */

/* xlsx_directory.c: what the archive says of itself. */

#define DLU_MAX_ZIP_ENTRIES 10000u

/**
 * Refuses an archive whose directory claims too many entries, or holds a name twice, a name with a
 * NUL, or entries that share bytes. Broken directories pass; opening them fails.
 */
dlu_status dlu_package_check(const dlu_source *source, dlu_error *err);

/* xlsx_zip.c: the archive. */

typedef struct dlu_package dlu_package;

/** Opens the archive over the source's bytes, which must outlive it. */
dlu_status dlu_package_open(const dlu_source *source, dlu_package **out, dlu_error *err);
void dlu_package_close(dlu_package *package);
/** Names of parts are compared without case, and with either slash. */
bool dlu_package_has(const dlu_package *package, const char *part);
const char *dlu_package_file(const dlu_package *package);
/** Number of entries; the name of one, "" where it has none. */
size_t dlu_package_count(const dlu_package *package);
const char *dlu_package_name(const dlu_package *package, size_t i);

/** Takes the next bytes of a part; anything but DLU_OK ends the reading. */
typedef dlu_status dlu_sink(void *who, const char *bytes, size_t n, dlu_error *err);

/** Unpacks a part into the sink, piece by piece, under the caps. */
dlu_status dlu_package_unpack(dlu_package *package, const char *part, dlu_sink *sink, void *who,
                              dlu_error *err);

/* xlsx_xml.c: XML as events, names without their namespaces. */

typedef struct dlu_xml_events {
    dlu_status (*open)(void *who, const char *name, const char *const *attributes, dlu_error *err);
    dlu_status (*close)(void *who, const char *name, dlu_error *err);
    void (*text)(void *who, const char *text, size_t n); /**< may come in pieces; may be NULL */
} dlu_xml_events;

dlu_status dlu_xml_read(dlu_package *package, const char *part, const dlu_xml_events *events,
                        void *who, dlu_error *err);
/** Whether a part is XML up to its end, and how many elements of a name, prefix included, it has.
 */
dlu_status dlu_xml_count(dlu_package *package, const char *part, const char *element, size_t *n,
                         dlu_error *err);
/** An attribute that has no namespace, or NULL. */
const char *dlu_xml_attribute(const char *const *attributes, const char *name);
/** The relationship that an element points to (r:id), or NULL. */
const char *dlu_xml_relationship(const char *const *attributes);
/** "1" and "true". */
bool dlu_xml_is_true(const char *value);

/* xlsx_parts.c: which parts there are. */

typedef struct dlu_xlsx_sheet {
    const char *name;
    const char *part;
} dlu_xlsx_sheet;

/** What workbook.xml and the relationships say. */
typedef struct dlu_xlsx_parts {
    const dlu_xlsx_sheet *sheets; /**< worksheets only, in the order of the workbook */
    size_t n_sheets;
    const char *strings; /**< part of the shared strings, or NULL */
    const char *styles;  /**< part of the styles, or NULL */
    bool date1904;
} dlu_xlsx_parts;

dlu_status dlu_xlsx_find_parts(dlu_package *package, dlu_arena *arena, dlu_xlsx_parts *out,
                               dlu_error *err);

/* xlsx_strings.c: texts, shared and in place. */

/** A rich text being read: the runs of <t>, not those of phonetic guides. */
typedef struct dlu_rich_text {
    dlu_buffer text;
    size_t t_begins; /**< where the open <t> began in text */
    unsigned phonetic;
    bool in_t;
} dlu_rich_text;

void dlu_rich_text_open(dlu_rich_text *rich, const char *name);
void dlu_rich_text_close(dlu_rich_text *rich, const char *name);
void dlu_rich_text_add(dlu_rich_text *rich, const char *text, size_t n);

/** Decodes _xHHHH_ in place; returns the new length. Lone surrogates and NUL become U+FFFD. */
size_t dlu_xlsx_unescape(char *text, size_t n);

typedef struct dlu_shared_strings {
    DLU_VEC(const char *) list;
} dlu_shared_strings;

dlu_status dlu_xlsx_read_strings(dlu_package *package, const char *part, dlu_arena *arena,
                                 dlu_usage *usage, dlu_shared_strings *out, dlu_error *err);

/* xlsx_styles.c: which styles show a number as a date. */

typedef enum dlu_number_style {
    DLU_STYLE_NUMBER,
    DLU_STYLE_DATE,    /**< a date, a time of day or both */
    DLU_STYLE_DURATION /**< hours, minutes or seconds that do not stop at a day */
} dlu_number_style;

typedef struct dlu_styles {
    DLU_VEC(unsigned char) list; /**< dlu_number_style of style i */
} dlu_styles;

dlu_status dlu_xlsx_read_styles(dlu_package *package, const char *part, dlu_arena *arena,
                                dlu_styles *out, dlu_error *err);
dlu_number_style dlu_xlsx_format_style(const char *format_code);

/* xlsx_date.c: serial numbers of days. */

#define DLU_DATE_SIZE 64u

/** "2019-02-12", with " 02:59:39" where there is a time; a time alone below one day. False where
 * the calendar ends. */
bool dlu_xlsx_date_text(double serial, dlu_number_style style, bool date1904,
                        char buf[DLU_DATE_SIZE]);
/** A date or a time of ISO 8601 as a serial number. */
bool dlu_xlsx_date_serial(const char *iso, bool date1904, double *out);

/* xlsx_sheet.c: the cells of one sheet. */

/** What cells refer to. */
typedef struct dlu_xlsx_context {
    dlu_package *package;
    dlu_arena *arena;
    dlu_usage *usage;
    const dlu_shared_strings *strings;
    const dlu_styles *styles;
    bool date1904;
} dlu_xlsx_context;

dlu_status dlu_xlsx_read_sheet(const dlu_xlsx_context *context, const dlu_xlsx_sheet *sheet,
                               dlu_sheet *out, dlu_error *err);

#endif
