/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <zip.h>

#include "base/memory.h"
#include "base/text.h"
#include "grid/xlsx.h"
#include "zip_writer.h"

typedef struct part {
    const char *name;
    const char *text; /**< NULL leaves the part out */
} part;

#define NS  "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define RNS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define REL(id, type, target)                                                                      \
    "<Relationship Id='" id "' Type='" RNS "/" type "' Target='" target "'/>"
#define RELS(inner)                                                                                \
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>" inner   \
    "</Relationships>"
#define WORKBOOK(inner) "<workbook xmlns='" NS "' xmlns:r='" RNS "'>" inner "</workbook>"
#define SHEET(rows)     "<worksheet xmlns='" NS "'><sheetData>" rows "</sheetData></worksheet>"

static const part usual[] = {
    {"_rels/.rels", RELS(REL("rId1", "officeDocument", "xl/workbook.xml"))},
    {"xl/workbook.xml", WORKBOOK("<sheets><sheet name='One' sheetId='1' r:id='rId1'/></sheets>")},
    {"xl/_rels/workbook.xml.rels", RELS(REL("rId1", "worksheet", "worksheets/sheet1.xml")
                                            REL("rId2", "sharedStrings", "sharedStrings.xml")
                                                REL("rId3", "styles", "styles.xml"))},
    {"xl/sharedStrings.xml",
     "<sst xmlns='" NS "'><si><t>well</t></si>"
     "<si><r><t xml:space='preserve'>Fire </t></r><r><rPr/><t>fly</t></r>"
     "<rPh sb='0' eb='1'><t>FAIA</t></rPh></si>"
     "<si><t>Time _x000d_\nBy Well_x005F_x000d_ _xD83D__xDE00_ _xD83D_ &lt;</t></si><si/></sst>"},
    {"xl/styles.xml",
     "<styleSheet xmlns='" NS "'><numFmts><numFmt numFmtId='164' formatCode='yyyy\\-mm;@'/>"
     "<numFmt numFmtId='165' formatCode='0.0\" s\"'/></numFmts>"
     "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"
     "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='46'/><xf numFmtId='164'/>"
     "<xf numFmtId='165'/></cellXfs></styleSheet>"},
    {"xl/worksheets/sheet1.xml", SHEET("<row><c><v>1</v></c></row>")},
    {"[Content_Types].xml", "<Types/>"},
};
#define N_USUAL (sizeof usual / sizeof *usual)

/* The usual parts with some replaced, left out (text NULL) or added. */
static archive package_with(const part *parts, size_t n)
{
    archive a = {.n = 0};
    for (size_t i = 0; i < N_USUAL; i++) {
        const char *text = usual[i].text;
        for (size_t k = 0; k < n; k++)
            if (!strcmp(parts[k].name, usual[i].name))
                text = parts[k].text;
        if (text)
            add_entry(&a, usual[i].name, text, strlen(text));
    }
    for (size_t k = 0; k < n; k++) {
        bool known = !parts[k].text;
        for (size_t i = 0; i < N_USUAL; i++)
            known = known || !strcmp(parts[k].name, usual[i].name);
        if (!known)
            add_entry(&a, parts[k].name, parts[k].text, strlen(parts[k].text));
    }
    end_archive(&a);
    return a;
}

typedef struct opened {
    dlu_arena *arena;
    dlu_book *book;
    dlu_status status;
    dlu_error err;
} opened;

static opened open_bytes(const char *bytes, size_t n)
{
    opened o = {.arena = dlu_arena_new()};
    dlu_source source = {.name = "book.xlsx", .bytes = bytes, .n_bytes = n};
    o.status = dlu_book_read(&source, o.arena, &o.book, &o.err);
    return o;
}

static opened open_with(const part *parts, size_t n)
{
    archive a = package_with(parts, n);
    opened o = open_bytes(a.bytes.bytes, a.bytes.n);
    dlu_buffer_free(&a.bytes);
    return o;
}

static opened open_sheet(const char *xml)
{
    part sheet = {"xl/worksheets/sheet1.xml", xml};
    return open_with(&sheet, 1);
}

/* Cells as "row:col:KIND=text|", KIND of t, n, b, e with f for formula and d for date. */
static void print_cells(const dlu_sheet *sheet, char *buf, size_t size)
{
    size_t used = 0;
    buf[0] = '\0';
    for (uint32_t row = 1; row <= sheet->n_rows; row++) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
        for (uint32_t i = 0; i < n && used < size; i++)
            used += (size_t)snprintf(buf + used, size - used, "%u:%u:%c%s%s=%s|", row, cells[i].col,
                                     "tnbe"[cells[i].kind], cells[i].formula ? "f" : "",
                                     cells[i].date ? "d" : "", cells[i].text);
    }
    assert_true(used < size);
}

static void sheets_become_cells(void **state)
{
    static const struct {
        const char *xml;
        const char *cells;
    } rows[] = {
        {SHEET("<row r='2'><c r='B2'><v>719</v></c><c r='C2'><v>1.5E-05</v></c></row>"),
         "2:2:n=719|2:3:n=1.5E-05|"},
        {SHEET("<row><c s='9'/><c s='0'/><c r='D1'><v>7</v></c><c t='s'><v>0</v></c><c/>"
               "<c><v>8</v></c></row><row/><row r='5'><c><v>9</v></c></row><row><c><v>10</v></c>"
               "</row>"),
         "1:4:n=7|1:5:t=well|1:7:n=8|5:1:n=9|6:1:n=10|"},
        {"\xEF\xBB\xBF<?xml version='1.0' encoding='utf-8'?>" SHEET("<row><c><v>1</v></c></row>"),
         "1:1:n=1|"},
        {"<x:worksheet xmlns:x='" NS "'><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row>"
         "</x:sheetData></x:worksheet>",
         "1:1:n=1|"},
        {SHEET("<row><c t='s'><v>1</v></c><c t='s'><v>3</v></c><c t='s'><v>2</v></c></row>"),
         "1:1:t=Fire fly|1:3:t=Time \r\nBy Well_x000d_ \xF0\x9F\x98\x80 \xEF\xBF\xBD <|"},
        {SHEET("<row><c t='inlineStr'><is><t>a_x0009_b</t></is></c><c t='inlineStr'><is><r><t>c"
               "</t></r><r><t>d</t></r><rPh><t>x</t></rPh></is></c></row>"),
         "1:1:t=a\tb|1:2:t=cd|"},
        {SHEET("<row><c t='b'><v>1</v></c><c t='b'><v>0</v></c><c t='e'><v>#N/A</v></c>"
               "<c t='n'><v>-4</v></c><c><v>NAN</v></c><c t='str'><v>a&amp;b</v></c></row>"),
         "1:1:b=TRUE|1:2:b=FALSE|1:3:e=#N/A|1:4:n=-4|1:5:t=NAN|1:6:t=a&b|"},
        {SHEET(
             "<row><c t='inlineStr'><is><t> </t></is></c><c><v></v></c><c t='str'><f>1</f><v/></c>"
             "<c><f>A1</f></c><c><f>A1</f><v>5</v></c></row>"),
         "1:4:tf=|1:5:nf=5|"},
        {SHEET("<row r='1'><c r='A1'><f t='array' ref='A1:B2'>X</f><v>1</v></c><c r='B1'><v>2</v>"
               "</c><c r='C1'><f t='shared' si='0'/><v>3</v></c></row><row><c><v>4</v></c><c/><c>"
               "<v>5</v></c></row>"),
         "1:1:nf=1|1:2:nf=2|1:3:nf=3|2:1:nf=4|2:3:n=5|"},
        {SHEET("<row r='3'><c r='B3'><v>1</v></c><c r='A3'><v>2</v></c><c r='B3'><v>1</v></c></row>"
               "<row r='1'><c r='A1'><v>4</v></c></row>"),
         "1:1:n=4|3:1:n=2|3:2:n=1|"},
        {SHEET("<row><c s='1'><v>43508.124756944446</v></c><c s='1'><v>43508</v></c>"
               "<c s='1'><v>2.3148148148148147E-05</v></c><c s='2'><v>1.5</v></c>"
               "<c s='3'><v>43508</v></c><c s='4'><v>2</v></c><c s='1'><v>-1</v></c>"
               "<c s='1' t='str'><v>43508</v></c></row>"),
         "1:1:nd=2019-02-12 02:59:39|1:2:nd=2019-02-12|1:3:nd=00:00:02|1:4:nd=36:00:00|"
         "1:5:nd=2019-02-12|1:6:n=2|1:7:n=-1|1:8:t=43508|"},
        {SHEET("<row><c t='d'><v>2019-02-12T02:59:39</v></c><c t='d'><v>yesterday</v></c></row>"),
         "1:1:nd=2019-02-12 02:59:39|1:2:t=yesterday|"},
        {SHEET("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"), "1048576:16384:n=1|"},
        {"<worksheet xmlns='" NS "'><row><c><v>1</v></c></row><sheetData/></worksheet>", ""},
    };
    char buf[512];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        opened o = open_sheet(rows[i].xml);
        if (o.status)
            fail_msg("row %zu: %s", i, o.err.text);
        assert_true(o.book->workbook);
        assert_string_equal(o.book->sheets[0].name, "One");
        print_cells(&o.book->sheets[0], buf, sizeof buf);
        if (strcmp(buf, rows[i].cells))
            fail_msg("row %zu: %s", i, buf);
        dlu_arena_free(o.arena);
    }
}

#define ONE_CELL(value) SHEET("<row><c><v>" value "</v></c></row>")

/* By relationships, in the order of the workbook; the parts' names mean nothing. */
static void sheets_are_found_by_relationships(void **state)
{
    static const part parts[] = {
        {"_rels/.rels", RELS(REL("a", "extended-properties", "docProps/app.xml")
                                 REL("b", "officeDocument", "/book/main.xml"))},
        {"xl/workbook.xml", NULL},
        {"xl/_rels/workbook.xml.rels", NULL},
        {"book/main.xml",
         WORKBOOK("<workbookPr date1904='true'/><sheets><sheet name='B &amp; b' sheetId='7' "
                  "r:id='x2' state='visible'/><sheet name='Chart' sheetId='3' r:id='x3'/><sheet "
                  "name='A_x000a_a' sheetId='1' r:id='x1'/><sheet name='C' sheetId='2' "
                  "r:id='x4'/></sheets>")},
        {"book/_rels/main.xml.rels",
         RELS(REL("x1", "worksheet", "../xl/./worksheets/sheet1.xml")
                  REL("x2", "worksheet", "/xl/worksheets/sheet9.xml") REL(
                      "x3", "chartsheet", "c.xml") "<Relationship Id='x4' Target='Sheets/C.xml' "
                                                   "Type='http://purl.oclc.org/ooxml/"
                                                   "officeDocument/relationships/worksheet'/>")},
        {"xl/worksheets/sheet1.xml", ONE_CELL("1")},
        {"xl\\worksheets\\SHEET9.xml", ONE_CELL("9")},
        {"book/sheets/c.xml", ONE_CELL("3")},
    };
    opened o = open_with(parts, sizeof parts / sizeof *parts);
    (void)state;
    if (o.status)
        fail_msg("%s", o.err.text);
    assert_int_equal(o.book->n_sheets, 3);
    assert_string_equal(o.book->sheets[0].name, "B & b");
    assert_string_equal(dlu_sheet_text(&o.book->sheets[0], 1, 1), "9");
    assert_string_equal(o.book->sheets[1].name, "A\na");
    assert_string_equal(dlu_sheet_text(&o.book->sheets[1], 1, 1), "1");
    assert_string_equal(o.book->sheets[2].name, "C");
    assert_string_equal(dlu_sheet_text(&o.book->sheets[2], 1, 1), "3");
    dlu_place place = dlu_book_place(o.book, &o.book->sheets[2], 4, 5);
    assert_string_equal(place.sheet, "C");
    assert_int_equal(place.row, 4);
    assert_int_equal(dlu_book_decimal(o.book), '.');
    dlu_arena_free(o.arena);
}

static void the_epoch_of_1904_is_known(void **state)
{
    static const part parts[] = {
        {"xl/workbook.xml", WORKBOOK("<workbookPr date1904='1'/><sheets><sheet name='One' "
                                     "r:id='rId1'/></sheets>")},
        {"xl/worksheets/sheet1.xml", SHEET("<row><c s='1'><v>42046.5</v></c></row>")}};
    opened o = open_with(parts, 2);
    (void)state;
    assert_int_equal(o.status, DLU_OK);
    assert_string_equal(dlu_sheet_text(&o.book->sheets[0], 1, 1), "2019-02-12 12:00:00");
    dlu_arena_free(o.arena);
}

#define MAIN(part) RELS(REL("rId1", "officeDocument", part))
#define BOMB                                                                                       \
    "<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'><!ENTITY c '&b;&b;&b;&b;'>]><worksheet>&c;</worksheet>"

static void broken_workbooks_are_named(void **state)
{
    static const struct {
        const char *name;
        const char *text;
        const char *code;
        const char *found;
    } rows[] = {
        {"_rels/.rels", NULL, "zip-no-workbook", "a zip archive of something else"},
        {"_rels/.rels", RELS(""), "zip-no-workbook", "a zip archive of something else"},
        {"_rels/.rels", MAIN("word/document.xml"), "file-word", "a Word document"},
        {"_rels/.rels", MAIN("/ppt/presentation.xml"), "file-powerpoint", "PowerPoint"},
        {"_rels/.rels", MAIN("xl/workbook.bin"), "file-xlsb", "binary workbook"},
        {"_rels/.rels", MAIN("xl/nothing.xml"), "xlsx-part-missing", "xl/nothing.xml"},
        {"_rels/.rels", MAIN("xl/styles.xml"), "zip-no-workbook", "something else"},
        {"xl/workbook.xml", WORKBOOK("<sheets/>"), "xlsx-no-sheets", "found none"},
        {"xl/workbook.xml", WORKBOOK("<sheets><sheet name='S' r:id='q'/></sheets>"),
         "xlsx-sheet-missing", "\"q\""},
        {"xl/_rels/workbook.xml.rels", NULL, "xlsx-part-missing", "xl/_rels/workbook.xml.rels"},
        {"xl/worksheets/sheet1.xml", NULL, "xlsx-part-missing", "xl/worksheets/sheet1.xml"},
        {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>", "xml-broken",
         "in line 1: no element found"},
        {"xl/worksheets/sheet1.xml", "<worksheet>\n</sheet>", "xml-broken", "line 2: mismatched"},
        {"xl/worksheets/sheet1.xml", "", "xml-broken", "no element found"},
        {"xl/worksheets/sheet1.xml", BOMB, "xml-doctype", "document type declaration"},
        {"xl/sharedStrings.xml", "<!DOCTYPE sst SYSTEM 'x'><sst/>", "xml-doctype", "document type"},
        {"xl/worksheets/sheet1.xml", SHEET("<row><c t='s'><v>4</v></c></row>"), "xlsx-text-missing",
         "number \"4\""},
        {"xl/worksheets/sheet1.xml", SHEET("<row><c t='s'><v>x</v></c></row>"), "xlsx-text-missing",
         "4 shared texts"},
        {"xl/worksheets/sheet1.xml", SHEET("<row><c t='z'><v>4</v></c></row>"), "xlsx-cell-type",
         "type \"z\""},
        {"xl/worksheets/sheet1.xml", SHEET("<row><c r='XFE1'/></row>"), "xlsx-off-sheet",
         "\"XFE1\""},
        {"xl/worksheets/sheet1.xml", SHEET("<row><c r='A1048577'/></row>"), "xlsx-off-sheet",
         "\"A1048577\""},
        {"xl/worksheets/sheet1.xml", SHEET("<row><c r='A99999999999'/></row>"), "xlsx-off-sheet",
         "\"A99999999999\""},
        {"xl/worksheets/sheet1.xml", SHEET("<row><c r='7'/></row>"), "xlsx-off-sheet", "\"7\""},
        {"xl/worksheets/sheet1.xml", SHEET("<row r='0'/>"), "xlsx-off-sheet", "\"0\""},
        {"xl/worksheets/sheet1.xml", SHEET("<row r='1048576'/><row/>"), "xlsx-off-sheet",
         "a further row"},
        {"xl/worksheets/sheet1.xml", SHEET("<row><c r='XFD1'/><c/></row>"), "xlsx-off-sheet",
         "a further cell"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        part replaced = {rows[i].name, rows[i].text};
        opened o = open_with(&replaced, 1);
        if (o.status != DLU_E_INPUT || strcmp(o.err.code, rows[i].code) ||
            !strstr(o.err.text, rows[i].found) || !*o.err.hint)
            fail_msg("row %zu: %s: %s", i, o.err.code, o.err.text);
        assert_string_equal(o.err.file, "book.xlsx");
        dlu_arena_free(o.arena);
    }
}

static void opendocument_is_named(void **state)
{
    static const part parts[] = {
        {"_rels/.rels", NULL},
        {"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
    };
    opened o = open_with(parts, 2);
    (void)state;
    assert_int_equal(o.status, DLU_E_INPUT);
    assert_string_equal(o.err.code, "file-opendocument");
    assert_string_equal(o.err.text,
                        "expected a workbook (.xlsx), found an OpenDocument file (.ods)");
    dlu_arena_free(o.arena);
}

/* A cut file never reads; a changed byte may, but reads or fails in words. */
static void damaged_archives_never_crash(void **state)
{
    archive a = package_with(NULL, 0);
    (void)state;
    for (size_t n = 1; n < a.bytes.n; n++) {
        opened o = open_bytes(a.bytes.bytes, n);
        if (o.status == DLU_OK && n >= 4)
            fail_msg("read with %zu of %zu bytes", n, a.bytes.n);
        dlu_arena_free(o.arena);
    }
    for (size_t i = 4; i < a.bytes.n; i++) {
        a.bytes.bytes[i] ^= 0x55;
        opened o = open_bytes(a.bytes.bytes, a.bytes.n);
        assert_true(o.status == DLU_OK || *o.err.text);
        dlu_arena_free(o.arena);
        a.bytes.bytes[i] ^= 0x55;
    }
    dlu_buffer_free(&a.bytes);
}

static void assert_limit(opened o, const char *code)
{
    if (o.status != DLU_E_LIMIT || strcmp(o.err.code, code) || !*o.err.hint)
        fail_msg("%s: %s", o.err.code, o.err.text);
    dlu_arena_free(o.arena);
}

static void caps_are_kept(void **state)
{
    dlu_buffer xml = {0};
    (void)state;
    for (int i = 0; i < 101; i++)
        dlu_buffer_add(&xml, "<a>");
    assert_limit(open_sheet(xml.bytes), "xml-too-deep");
    xml.n = 0;
    dlu_buffer_add(&xml, "<worksheet a='");
    for (int i = 0; i < 20000; i++)
        dlu_buffer_add(&xml, "one hundred bytes of an attribute that hardly ends, such as no "
                             "program that writes workbooks makes.");
    assert_limit(open_sheet(xml.bytes), "xml-tag-too-long");
    dlu_buffer_free(&xml);
    archive a = {.n = 0};
    for (int i = 0; i < 10001; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", i);
        add_entry(&a, name, "", 0);
    }
    end_archive(&a);
    assert_limit(open_bytes(a.bytes.bytes, a.bytes.n), "zip-too-many-entries");
    dlu_buffer_free(&a.bytes);
}

/* Packs one sheet of nothing but blanks with libzip; the caller frees the source. */
static zip_source_t *packed_blanks(const char *blanks, size_t n)
{
    zip_source_t *all = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_source_keep(all);
    zip_t *zip = zip_open_from_source(all, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    assert_non_null(zip);
    for (size_t i = 0; i < N_USUAL; i++) {
        bool sheet = !strcmp(usual[i].name, "xl/worksheets/sheet1.xml");
        const char *text = sheet ? blanks : usual[i].text;
        zip_source_t *entry = zip_source_buffer(zip, text, sheet ? n : strlen(text), 0);
        assert_true(zip_file_add(zip, usual[i].name, entry, 0) >= 0);
    }
    assert_int_equal(zip_close(zip), 0);
    return all;
}

static void parts_that_grow_without_end_are_refused(void **state)
{
    size_t n = (size_t)20 << 20, got;
    char *blanks = dlu_memory_alloc(n);
    static char packed[1 << 20];
    (void)state;
    assert_non_null(blanks);
    memset(blanks, ' ', n);
    memcpy(blanks, "<worksheet>", 11);
    zip_source_t *all = packed_blanks(blanks, n);
    assert_int_equal(zip_source_open(all), 0);
    got = (size_t)zip_source_read(all, packed, sizeof packed);
    zip_source_close(all);
    zip_source_free(all);
    dlu_memory_free(blanks);
    assert_limit(open_bytes(packed, got), "zip-ratio");
}

#ifdef DLU_FAULT_INJECTION
static void want_of_memory_is_said(void **state)
{
    archive a = package_with(NULL, 0);
    dlu_status status = DLU_E_NO_MEMORY;
    (void)state;
    for (long after = 1; status != DLU_OK; after++) {
        dlu_arena *arena = dlu_arena_new();
        dlu_source source = {.name = "book.xlsx", .bytes = a.bytes.bytes, .n_bytes = a.bytes.n};
        dlu_book *book;
        dlu_error err = {0};
        dlu_memory_fail_after(after);
        status = dlu_book_read(&source, arena, &book, &err);
        dlu_memory_fail_after(-1);
        if (status && status != DLU_E_NO_MEMORY)
            fail_msg("after %ld: %s", after, err.text);
        dlu_arena_free(arena);
    }
    dlu_buffer_free(&a.bytes);
}
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sheets_become_cells),
        cmocka_unit_test(sheets_are_found_by_relationships),
        cmocka_unit_test(the_epoch_of_1904_is_known),
        cmocka_unit_test(broken_workbooks_are_named),
        cmocka_unit_test(opendocument_is_named),
        cmocka_unit_test(damaged_archives_never_crash),
        cmocka_unit_test(caps_are_kept),
        cmocka_unit_test(parts_that_grow_without_end_are_refused),
#ifdef DLU_FAULT_INJECTION
        cmocka_unit_test(want_of_memory_is_said),
#endif
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
