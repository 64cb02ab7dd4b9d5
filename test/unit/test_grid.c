/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "grid/xlsx.h"

#define BYTES(literal) literal, sizeof(literal) - 1

typedef struct opened {
    dlu_arena *arena;
    dlu_book *book;
    dlu_status status;
    dlu_error err;
} opened;

static opened open_bytes(const char *bytes, size_t n)
{
    opened o = {.arena = dlu_arena_new()};
    dlu_source source = {.name = "plate.csv", .bytes = bytes, .n_bytes = n};
    assert_non_null(o.arena);
    o.status = dlu_book_read(&source, o.arena, &o.book, &o.err);
    assert_int_equal(o.status == DLU_OK, o.book != NULL);
    return o;
}

static opened open_text(const char *text)
{
    opened o = open_bytes(text, strlen(text));
    if (o.status)
        fail_msg("\"%s\": %s", text, o.err.text);
    return o;
}

static void files_without_cells_are_named(void **state)
{
    static const struct {
        const char *bytes;
        size_t n;
        const char *code;
        const char *text;
    } rows[] = {
        {BYTES(""), "file-empty", "an empty file"},
        {BYTES(" \n\t\r\n"), "file-blank", "nothing but white space"},
        {BYTES("\xEF\xBB\xBF"), "file-blank", "nothing but white space"},
        {BYTES("\x89PNG\r\n\x1A\n\0\0"), "file-picture", "a picture (PNG)"},
        {BYTES("\xFF\xD8\xFF\xE0"), "file-picture", "a picture (JPEG)"},
        {BYTES("%PDF-1.7\n"), "file-pdf", "a PDF document"},
        {BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0k\0b\0o\0o\0k\0"), "file-old-xls",
         "the old Excel format (.xls)"},
        {BYTES("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
         "xlsx-password", "protected by a password"},
        {BYTES("\x7F"
               "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0"),
         "file-binary", "bytes that are neither"},
        {BYTES("PK\003\004 and no more"), "zip-broken", "cut short or damaged"},
        {BYTES("a,b\nc\0d"), "text-nul", "a NUL byte at byte 5"},
        {BYTES("a,b\n1,2\n3,\"4\n5,6\n"), "text-open-quote", "the end of the file"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        opened o = open_bytes(rows[i].bytes, rows[i].n);
        if (o.status != DLU_E_INPUT || strcmp(o.err.code, rows[i].code) ||
            !strstr(o.err.text, rows[i].text) || strncmp(o.err.text, "expected ", 9) ||
            !*o.err.hint)
            fail_msg("row %zu: %s: %s", i, o.err.code, o.err.text);
        assert_string_equal(o.err.file, "plate.csv");
        dlu_arena_free(o.arena);
    }
}

static void an_open_quote_is_found_at_its_line(void **state)
{
    opened o = open_bytes(BYTES("a,b\n\"c\nd\",2\n3,\"4\n5,6\n"));
    (void)state;
    assert_string_equal(o.err.code, "text-open-quote");
    assert_string_equal(o.err.at, "4");
    dlu_arena_free(o.arena);
}

static void the_delimiter_is_found(void **state)
{
    static const struct {
        const char *text;
        char delimiter;
    } rows[] = {
        {"well,firefly\nA1,1\n", ','},
        {"well;firefly\nA1;1\n", ';'},
        {"well\tfirefly\nA1\t1\n", '\t'},
        {"one column\nonly\n", ','},
        {"A1\t1", '\t'},
        {"A1;1", ';'},
        {"well;a;b\nA1;0,5;1,5\nA2;0,25;3,5\n", ';'},
        {"A1;0,5\nA2;0,25\n", ';'},
        {"\t0,0385\t0,04\n\t0,1\t0,2\n", '\t'},
        {"User: USER,Path: C:\\a;b;c\n,1,2\nA,3,4\nB,5,6\n", ','},
        {";version,4\nPlateResults\n,Read 1\n,,1,2\n,A,5,6\n,B,7,8\n", ','},
        {"name,note\nA,\"x;y\"\nB,\"x;y\"\nC,\"x;y\"\n", ','},
        {"name,note\nA,x\nB,a\tpasted\ttable\nC,of\ttwo lines\nD,4\n", ','},
        {"a note; with a semicolon\n,1,2\nA,3,4\n", ','},
        {"Software Version\t3.12\n\tOptics: Top,  Gain: 135\nA\t1\t2\n", '\t'},
        {"\n\n  \nwell;light\nA1;1\n", ';'},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        opened o = open_text(rows[i].text);
        if (o.book->delimiter != rows[i].delimiter)
            fail_msg("row %zu: '%c'", i, o.book->delimiter);
        dlu_arena_free(o.arena);
    }
}

/* Cells as "row:col:line=text|". */
static void print_cells(const dlu_sheet *sheet, char *buf, size_t size)
{
    size_t used = 0;
    buf[0] = '\0';
    for (uint32_t row = 1; row <= sheet->n_rows; row++) {
        uint32_t n;
        const dlu_cell *cells = dlu_sheet_row_cells(sheet, row, &n);
        for (uint32_t i = 0; i < n && used < size; i++)
            used += (size_t)snprintf(buf + used, size - used, "%u:%u:%u=%s|", cells[i].row,
                                     cells[i].col, sheet->rows[row].line, cells[i].text);
    }
    assert_true(used < size);
}

static void delimited_text_becomes_cells(void **state)
{
    static const struct {
        const char *text;
        const char *cells;
    } rows[] = {
        {"a,b\n1,2\n", "1:1:1=a|1:2:1=b|2:1:2=1|2:2:2=2|"},
        {"a,b", "1:1:1=a|1:2:1=b|"},
        {"a,b\r\n\r\n,c\r\n\r\n\r\n", "1:1:1=a|1:2:1=b|3:2:3=c|"},
        {"a\rb\r", "1:1:1=a|2:1:2=b|"},
        {"a, ,b,\xC2\xA0,c,\n", "1:1:1=a|1:3:1=b|1:5:1=c|"},
        {" a ,b\n", "1:1:1= a |1:2:1=b|"},
        {"\"a,b\",c\n", "1:1:1=a,b|1:2:1=c|"},
        {"\"a\nb\",c\nd,e\n", "1:1:1=a\nb|1:2:1=c|2:1:3=d|2:2:3=e|"},
        {"\"a \"\"b\"\"\",c\n", "1:1:1=a \"b\"|1:2:1=c|"},
        {"a,5\" plate,c\n", "1:1:1=a|1:2:1=5\" plate|1:3:1=c|"},
        {"\"a\"b,c\nd,e\n", "1:1:1=ab|1:2:1=c|2:1:2=d|2:2:2=e|"},
        {"\"\",a\n", "1:2:1=a|"},
        {"1,\"=\"\"8/22/2023 11:01\"\"\",N/A\n", "1:1:1=1|1:2:1=8/22/2023 11:01|1:3:1=N/A|"},
        {"=\"007\",=\"\",=1+\"\"\n", "1:1:1=007|1:3:1==1+\"\"|"},
        {"a;b,c;d\n1;2,5;3\n", "1:1:1=a|1:2:1=b,c|1:3:1=d|2:1:2=1|2:2:2=2,5|2:3:2=3|"},
        {"\t1\t2\nA\t\t4\t\n", "1:2:1=1|1:3:1=2|2:1:2=A|2:3:2=4|"},
    };
    char buf[512];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        opened o = open_text(rows[i].text);
        assert_int_equal(o.book->n_sheets, 1);
        assert_false(o.book->workbook);
        print_cells(&o.book->sheets[0], buf, sizeof buf);
        if (strcmp(buf, rows[i].cells))
            fail_msg("row %zu: %s", i, buf);
        dlu_arena_free(o.arena);
    }
}

static void cells_are_found_by_place(void **state)
{
    opened o = open_text("a,,\"b\nc\"\n\nd,,,e\n");
    const dlu_sheet *sheet = &o.book->sheets[0];
    uint32_t n;
    (void)state;
    assert_int_equal(sheet->n_rows, 3);
    assert_int_equal(sheet->n_cols, 4);
    assert_int_equal(sheet->n_cells, 4);
    assert_string_equal(dlu_sheet_text(sheet, 1, 1), "a");
    assert_string_equal(dlu_sheet_text(sheet, 1, 2), "");
    assert_string_equal(dlu_sheet_text(sheet, 3, 4), "e");
    assert_null(dlu_sheet_at(sheet, 3, 3));
    assert_null(dlu_sheet_at(sheet, 0, 1));
    assert_null(dlu_sheet_at(sheet, 4, 1));
    assert_null(dlu_sheet_at(sheet, 3, 5));
    assert_null(dlu_sheet_row_cells(sheet, 2, &n));
    assert_int_equal(n, 0);
    dlu_place place = dlu_book_place(o.book, sheet, 3, 4);
    assert_null(place.sheet);
    assert_int_equal(place.row, 4);
    assert_int_equal(place.col, 4);
    assert_int_equal(dlu_book_place(o.book, sheet, 5, 1).row, 6);
    dlu_arena_free(o.arena);
}

static void the_decimal_sign_is_found(void **state)
{
    static const struct {
        const char *text;
        char decimal;
    } rows[] = {
        {"A\t0,0385\t12\n", ','}, {"A\t37,00\t1,1\n", ','},          {"A;-1,5E+03;2\n", ','},
        {"A\t0.0385\t12\n", '.'}, {"A\t0,0385\t0.5\n", '.'},         {"A\t0,0385\t0.5\t1,5\n", ','},
        {"A;1;2\n", '.'},         {"A;1,234;22,000;412,500\n", '.'}, {"A;1,234;22,50\n", ','},
        {"A;0,385;x\n", ','},     {"\"0,5\",\"1,5\"\n", '.'},        {"1,5\n", '.'},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        opened o = open_text(rows[i].text);
        if (dlu_book_decimal(o.book) != rows[i].decimal)
            fail_msg("row %zu: '%c'", i, dlu_book_decimal(o.book));
        dlu_arena_free(o.arena);
    }
}

static void only_numbers_are_numbers(void **state)
{
    static const dlu_cell number = {.kind = DLU_CELL_NUMBER, .text = "7E1"};
    static const dlu_cell day = {.kind = DLU_CELL_NUMBER,
                                 .text = "2024-01-05 12:00:00\0"
                                         "45296.5",
                                 .date = true};
    static const dlu_cell text = {.kind = DLU_CELL_TEXT, .text = " 2,5 "};
    static const dlu_cell truth = {.kind = DLU_CELL_BOOL, .text = "1"};
    static const dlu_cell error = {.kind = DLU_CELL_ERROR, .text = "#DIV/0!"};
    double value = 0;
    (void)state;
    assert_true(dlu_cell_number(&number, ',', &value) && value == 70);
    assert_true(dlu_cell_number(&text, ',', &value) && value == 2.5);
    assert_true(dlu_cell_number(&day, ',', &value) && value == 45296.5);
    assert_false(dlu_cell_number(&text, '.', &value));
    assert_false(dlu_cell_number(&truth, '.', &value));
    assert_false(dlu_cell_number(&error, '.', &value));
    assert_false(dlu_cell_number(NULL, '.', &value));
}

static bool is_reporter_word(const char *header)
{
    return dlu_word_is_well(header) || dlu_word_is_firefly(header) || dlu_word_is_renilla(header);
}

/* What `whole` promises: the same number as the slow way, for nothing but digits. */
static void whole_numbers_are_digits_alone(void **state)
{
    static const struct {
        const char *text;
        bool whole;
    } rows[] = {
        {"0", true},
        {"7", true},
        {"007", true},
        {"1639000", true},
        {"123456789012345", true},
        {"1234567890123456", false}, /* more digits than are kept exactly by every sum */
        {"12.5", false},
        {"1e3", false},
        {"+5", false},
        {"-5", false},
        {" 5", false},
        {"5 ", false},
        {"5%", false},
        {"=\"0123\"", true},
        {"OVRFLW", false},
        {"\"42\"", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char line[64];
        double number = 0, slow = 0;
        snprintf(line, sizeof line, "x;%s;y\n", rows[i].text);
        opened o = open_text(line);
        const dlu_cell *cell = dlu_sheet_at(&o.book->sheets[0], 1, 2);
        assert_non_null(cell);
        bool fast_is = dlu_cell_number(cell, '.', &number);
        bool slow_is = dlu_text_number(cell->text, '.', &slow);
        if (cell->whole != rows[i].whole || fast_is != slow_is || number != slow)
            fail_msg("\"%s\": whole %d, %g and %g", rows[i].text, cell->whole, number, slow);
        dlu_arena_free(o.arena);
    }
}

static void tables_are_found_under_their_header(void **state)
{
    opened o = open_text("my plate,well\n\n,Sample, Well ,Firefly (RLU),,Renilla,\n"
                         ",x,A1,1,,2,\n\n,,A2,3,,4,left out\n"
                         "note left of it\n,y,A3,5\n"
                         ",sample,WELL,firefly (rlu),,renilla\n,z,A1,6,,7\n");
    dlu_table t;
    (void)state;
    assert_true(dlu_table_find(o.book, &o.book->sheets[0], o.arena, is_reporter_word, 2, &t));
    assert_int_equal(t.header_row, 3);
    assert_int_equal(t.first_col, 2);
    assert_int_equal(t.n_cols, 5);
    assert_string_equal(t.headers[1], "Well");
    assert_string_equal(t.headers[3], "");
    assert_int_equal(t.n_rows, 4);
    assert_int_equal(t.rows[0], 4);
    assert_int_equal(t.rows[1], 6);
    assert_int_equal(t.rows[2], 8);
    assert_int_equal(t.rows[3], 10); /* the header once more is no item */
    assert_false(dlu_table_begins_again(&t, 0));
    assert_false(dlu_table_begins_again(&t, 2));
    assert_true(dlu_table_begins_again(&t, 3));
    assert_int_equal(dlu_table_column(&t, dlu_word_is_firefly), 2);
    assert_int_equal(dlu_table_column(&t, dlu_word_is_renilla), 4);
    assert_int_equal(dlu_table_column(&t, dlu_word_is_nanoluc), -1);
    assert_string_equal(dlu_table_at(&t, 1, 4)->text, "4");
    assert_null(dlu_table_at(&t, 2, 4));
    assert_null(dlu_table_at(&t, 4, 0));
    assert_null(dlu_table_at(&t, 0, 5));
    assert_false(dlu_table_find(o.book, &o.book->sheets[0], o.arena, is_reporter_word, 4, &t));
    dlu_arena_free(o.arena);
}

static void names_speak_of_luciferases(void **state)
{
    static const struct {
        const char *name, *of;
    } rows[] = {
        {"Renilla, step 2", "renilla"},
        {"day 1 FLuc", "firefly"},
        {"nanoLuc", "nanoluc"},
        {"ren 1", "renilla"},
        {"Fluc2 at 5 min", "firefly"},
        {"Luc_rep2", "firefly"},
        {"LUM:Lum", NULL},
        {"Firefly over Renilla", NULL},
        {"Firefly/Renilla", NULL},
        {"ren at 5 min", NULL},
        {"", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *of = dlu_word_speaks_of(rows[i].name);
        if (of != rows[i].of && (!of || !rows[i].of || strcmp(of, rows[i].of) != 0))
            fail_msg("\"%s\": found %s", rows[i].name, of ? of : "none");
    }
}

static void header_words_are_known(void **state)
{
    static const struct {
        bool (*knows)(const char *header);
        const char *yes[24];
        const char *no[24];
    } rows[] = {
        {dlu_word_is_firefly,
         {"firefly",
          "Firefly luciferase",
          "FLuc",
          "F-Luc (RLU)",
          "Luc",
          "luc2",
          "Luciferasa",
          "FF",
          "LAR II",
          "LARII",
          "firefly_RLU",
          "Firefly raw luminescence",
          "FireflySignal",
          "Firefly [cps] (RLU)",
          "Luciferase",
          "read firefly value",
          "RLU (Firefly)",
          "Luciferase (firefly)",
          "Luc (FLuc) [RLU]",
          "Firefly US LUM 96 (cps)(1)",
          "Firefly (LAR II)",
          "Firefly readings",
          "Firefly RLU/s",
          "FL"},
         {"renilla",
          "Renilla luciferase",
          "RLU",
          "",
          "firefly/renilla",
          "fold firefly",
          "NanoLuc",
          "Luc/Ren",
          "raw",
          "lucky",
          "firefly mean",
          "Luciferase (Renilla)",
          "RLU (Renilla)",
          "RLU (Firefly) / RLU (Renilla)",
          "Firefly RLU/Renilla RLU",
          "Renilla (firefly)",
          "()",
          "(",
          "fyre(",
          "Firefly 1"}},
        {dlu_word_is_renilla,
         {"Renilla", "renilla luciferase", "Rluc (RLU)", "hRluc", "RL", "ren", "Stop & Glo",
          "Stop&Glo", "R-Luc", "Raw Renilla", "Renilla\nRLU", "RLuc", "RLU (Renilla)",
          "Renilla (Stop & Glo)", "Luciferase (Renilla)", "Renilla US LUM 96 (cps)(2)", "S&G"},
         {"firefly", "RLU", "luc", "rl/ff", "", "strength"}},
        {dlu_word_is_nanoluc,
         {"NanoLuc", "nluc", "Nano-Luc", "NLuc (RLU)", "Nanoluciferase", "Nano Glo"},
         {"luc", "renilla", "nano"}},
        {dlu_word_is_quotient,
         {"Firefly/Renilla", "F/R", "FF : RL", "RLU (Firefly) / RLU (Renilla)", "Nluc/Fluc",
          "FLuc/RLuc (a.u.)"},
         {"Firefly", "Luciferase: Renilla", "Luc:Lum", "/", "Firefly/mg", "RLU/s", "Fluc/Luc",
          "F/F"}},
        {dlu_word_is_channel,
         {"Fluc", "Ren", "RLU (Nluc)", "Read 2: Renilla", "Luciferase: Renilla"},
         {"RLU", "light", "FF/RL", "Read 2", "Reading: 1"}},
        {dlu_word_is_numbered_channel,
         {"Firefly 1", "Renilla_2", "FF rep 3", "Nluc replicate 2", "Luc2", "Firefly 1 (RLU)"},
         {"Firefly", "Read 1", "1", "rep 1", ""}},
        {dlu_word_is_luc_number,
         {"Luc1", "Luc 2", "Luc-1", "luciferase 2", "Luc 1 (RLU)"},
         {"Luc", "Fluc1", "Luc rep 1", "1", "lucky 1", ""}},
        {dlu_word_is_initial, {"F", "r", " R "}, {"FL", "", "B", "F/R"}},
        {dlu_word_is_well,
         {"well", "Well ", "Wells", "Well ID", "well_position", "Well positions", "Pos."},
         {"A1", "wellness", "plate", "Well\nRow"}},
        {dlu_word_is_plate,
         {"Plate", "plate_id", "Plate name", "Plate No."},
         {"plate type", "well", "plated"}},
        {dlu_word_is_map,
         {"role", "Target", "gene", "3'UTR", "3\xE2\x80\x99 UTR", "Construct", "transfected with",
          "miRNA", "micro-RNA", "dose_nM", "Dose (nM)", "conc. [nM]", "biological_replicate",
          "Experiment", "use", "Sample"},
         {"firefly", "luc", "plate", "well", "value", ""}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (size_t k = 0; k < 24 && rows[i].yes[k]; k++)
            if (!rows[i].knows(rows[i].yes[k]))
                fail_msg("row %zu: \"%s\" is not known", i, rows[i].yes[k]);
        for (size_t k = 0; k < 24 && rows[i].no[k]; k++)
            if (rows[i].knows(rows[i].no[k]))
                fail_msg("row %zu: \"%s\" is known", i, rows[i].no[k]);
    }
}

static void caps_are_kept(void **state)
{
    dlu_usage usage = {.cells = DLU_MAX_CELLS};
    dlu_gathered gathered = {.usage = &usage, .place = {.file = "plate.csv"}};
    dlu_cell cell = {.text = "1", .row = 1, .col = 1};
    dlu_error err = {0};
    (void)state;
    assert_int_equal(dlu_gathered_add(&gathered, &cell, &err), DLU_E_LIMIT);
    assert_string_equal(err.code, "too-many-cells");
    usage.text_bytes = DLU_MAX_TEXT_BYTES - 3;
    assert_int_equal(dlu_usage_text(&usage, 3, NULL, &err), DLU_OK);
    assert_int_equal(dlu_usage_text(&usage, 1, NULL, &err), DLU_E_LIMIT);
    assert_string_equal(err.code, "too-much-text");
    assert_int_equal(dlu_usage_rows(&usage, DLU_MAX_BOOK_ROWS, NULL, &err), DLU_OK);
    assert_int_equal(dlu_usage_rows(&usage, 1, NULL, &err), DLU_E_LIMIT);
    assert_string_equal(err.code, "too-many-rows");
}

static void lines_without_end_are_refused(void **state)
{
    static char text[DLU_MAX_SHEET_COLS + 3];
    (void)state;
    memset(text, ',', sizeof text - 1);
    text[0] = 'a';
    text[DLU_MAX_SHEET_COLS] = '1';
    text[DLU_MAX_SHEET_COLS + 1] = '\n';
    opened o = open_bytes(text, DLU_MAX_SHEET_COLS + 2);
    assert_int_equal(o.status, DLU_OK);
    assert_int_equal(o.book->sheets[0].n_cols, DLU_MAX_SHEET_COLS);
    dlu_arena_free(o.arena);
    text[DLU_MAX_SHEET_COLS] = ',';
    text[DLU_MAX_SHEET_COLS + 1] = '1';
    o = open_bytes(text, DLU_MAX_SHEET_COLS + 2);
    assert_int_equal(o.status, DLU_E_LIMIT);
    assert_string_equal(o.err.code, "too-many-columns");
    assert_string_equal(o.err.at, "1");
    dlu_arena_free(o.arena);
}

static void number_formats_are_told_apart(void **state)
{
    static const struct {
        const char *code;
        dlu_number_style style;
    } rows[] = {
        {"General", DLU_STYLE_NUMBER},
        {"0.00E+00", DLU_STYLE_NUMBER},
        {"#,##0.00;[Red]-#,##0.00", DLU_STYLE_NUMBER},
        {"0.0\" s\"", DLU_STYLE_NUMBER},
        {"0\\m", DLU_STYLE_NUMBER},
        {"_d0_)", DLU_STYLE_NUMBER},
        {"[$USD-409]0", DLU_STYLE_NUMBER},
        {"0;d", DLU_STYLE_NUMBER},
        {"0\" unfinished", DLU_STYLE_NUMBER},
        {"m/d/yy h:mm", DLU_STYLE_DATE},
        {"[$-409]d\\-mmm;@", DLU_STYLE_DATE},
        {"mm:ss.0", DLU_STYLE_DATE},
        {"YYYY", DLU_STYLE_DATE},
        {"[h]:mm:ss", DLU_STYLE_DURATION},
        {"[ss].00", DLU_STYLE_DURATION},
        {"", DLU_STYLE_NUMBER},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (dlu_xlsx_format_style(rows[i].code) != rows[i].style)
            fail_msg("row %zu: %d", i, (int)dlu_xlsx_format_style(rows[i].code));
}

static void days_have_their_dates(void **state)
{
    static const struct {
        double serial;
        dlu_number_style style;
        bool date1904;
        const char *text; /**< NULL: none */
    } rows[] = {
        {0, DLU_STYLE_DATE, false, "00:00:00"},
        {0.5, DLU_STYLE_DATE, false, "12:00:00"},
        {0.9999999, DLU_STYLE_DATE, false, "1900-01-01"},
        {1, DLU_STYLE_DATE, false, "1900-01-01"},
        {59, DLU_STYLE_DATE, false, "1900-02-28"},
        {60, DLU_STYLE_DATE, false, "1900-02-29"},
        {61, DLU_STYLE_DATE, false, "1900-03-01"},
        {36526, DLU_STYLE_DATE, false, "2000-01-01"},
        {36585, DLU_STYLE_DATE, false, "2000-02-29"},
        {43508.999999, DLU_STYLE_DATE, false, "2019-02-13"},
        {2958465, DLU_STYLE_DATE, false, "9999-12-31"},
        {2958466, DLU_STYLE_DATE, false, NULL},
        {-1, DLU_STYLE_DATE, false, NULL},
        {1, DLU_STYLE_DATE, true, "1904-01-02"},
        {2957003, DLU_STYLE_DATE, true, "9999-12-31"},
        {2957004, DLU_STYLE_DATE, true, NULL},
        {1.25, DLU_STYLE_DURATION, false, "30:00:00"},
    };
    char buf[DLU_DATE_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool is = dlu_xlsx_date_text(rows[i].serial, rows[i].style, rows[i].date1904, buf);
        if (is != (rows[i].text != NULL) || (is && strcmp(buf, rows[i].text)))
            fail_msg("row %zu: %s", i, is ? buf : "none");
    }
}

static void dates_are_read_back(void **state)
{
    static const struct {
        const char *iso;
        bool ok;
        double serial;
    } rows[] = {
        {"2019-02-12", true, 43508},
        {"2019-02-12T12:00:00Z", true, 43508.5},
        {"2019-02-12 06:00", true, 43508.25},
        {"T12:00:00", true, 0.5},
        {"12:00:00.000", true, 0.5},
        {"1900-03-01", true, 61},
        {"1900-02-28", true, 59},
        {"1900-01-01", true, 1},
        {"2019-02-29", false, 0},
        {"2019-13-01", false, 0},
        {"2019-2-1", false, 0},
        {"2019-02-12T", false, 0},
        {"2019-02-12T24:00", false, 0},
        {"2019-02-12x", false, 0},
        {"", false, 0},
        {"1899-12-31", false, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double serial = -1;
        bool ok = dlu_xlsx_date_serial(rows[i].iso, false, &serial);
        if (ok != rows[i].ok || (ok && serial != rows[i].serial))
            fail_msg("row %zu: %g", i, serial);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_without_cells_are_named),
        cmocka_unit_test(an_open_quote_is_found_at_its_line),
        cmocka_unit_test(the_delimiter_is_found),
        cmocka_unit_test(delimited_text_becomes_cells),
        cmocka_unit_test(cells_are_found_by_place),
        cmocka_unit_test(the_decimal_sign_is_found),
        cmocka_unit_test(only_numbers_are_numbers),
        cmocka_unit_test(whole_numbers_are_digits_alone),
        cmocka_unit_test(tables_are_found_under_their_header),
        cmocka_unit_test(header_words_are_known),
        cmocka_unit_test(names_speak_of_luciferases),
        cmocka_unit_test(caps_are_kept),
        cmocka_unit_test(lines_without_end_are_refused),
        cmocka_unit_test(number_formats_are_told_apart),
        cmocka_unit_test(days_have_their_dates),
        cmocka_unit_test(dates_are_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
