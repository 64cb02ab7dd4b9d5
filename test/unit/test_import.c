/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "import/import.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* ---- helpers ---- */

typedef struct opened {
    dlu_import *import;
    dlu_messages *log;
    dlu_status status;
    dlu_error err;
} opened;

static opened read_with(const char *text, const dlu_import_options *options)
{
    dlu_source source = {.name = "dir/plate.csv", .bytes = text, .n_bytes = strlen(text)};
    opened o = {.log = dlu_messages_new()};
    o.status = dlu_import_read(&source, options, &o.import, o.log, &o.err);
    assert_int_equal(o.status == DLU_OK, o.import != NULL);
    return o;
}

static opened read_text(const char *text)
{
    opened o = read_with(text, NULL);
    if (o.status)
        fail_msg("%s\n%s: %s", text, o.err.at, o.err.text);
    return o;
}

static void close_all(opened *o)
{
    dlu_import_free(o->import);
    dlu_messages_free(o->log);
}

static const dlu_message *find_message(const dlu_messages *log, const char *code)
{
    for (size_t i = 0; i < dlu_messages_count(log); i++)
        if (!strcmp(dlu_messages_get(log, i)->code, code))
            return dlu_messages_get(log, i);
    return NULL;
}

/* "A1=100 B2=overflow" of one read. */
static const char *cells_of(const dlu_read *read, char *buf, size_t size)
{
    char well[DLU_WELL_NAME_SIZE], number[DLU_NUMBER_SIZE];
    size_t n = 0;
    buf[0] = '\0';
    for (size_t i = 0; i < read->n_readings && n < size; i++) {
        const dlu_reading *r = &read->readings[i];
        n += (size_t)snprintf(
            buf + n, size - n, "%s%s=%s", i ? " " : "", dlu_well_name(r->well, well),
            r->state ? dlu_read_state_name(r->state) : dlu_text_from_double(r->value, number));
    }
    return buf;
}

static void assert_read(const dlu_import *import, size_t plate, size_t read, const char *label,
                        const char *cells)
{
    char buf[2000];
    assert_true(plate < import->n_plates);
    assert_true(read < import->plates[plate].n_reads);
    const dlu_read *r = &import->plates[plate].reads[read];
    assert_string_equal(r->label, label);
    assert_string_equal(cells_of(r, buf, sizeof buf), cells);
}

/* ---- values ---- */

static void cells_become_values_or_states(void **state)
{
    static const struct {
        const char *text;
        dlu_numbers numbers;
        dlu_value_kind kind;
        dlu_read_state state;
        double number;
    } rows[] = {
        {"0", {.decimal = '.'}, DLU_VALUE_NUMBER, DLU_READ_OK, 0},
        {"-4", {.decimal = '.'}, DLU_VALUE_NUMBER, DLU_READ_OK, -4},
        {" 105.4 ", {.decimal = '.'}, DLU_VALUE_NUMBER, DLU_READ_OK, 105.4},
        {"1.6E3", {.decimal = '.'}, DLU_VALUE_NUMBER, DLU_READ_OK, 1600},
        {"0,5", {.decimal = ','}, DLU_VALUE_NUMBER, DLU_READ_OK, 0.5},
        {"0,5", {.decimal = '.'}, DLU_VALUE_UNSURE, DLU_READ_INVALID, 0},
        {"1,234", {.decimal = '.'}, DLU_VALUE_UNSURE, DLU_READ_INVALID, 0},
        {"1,234", {.decimal = '.', .unsure = true}, DLU_VALUE_UNSURE, DLU_READ_INVALID, 0},
        {"1,234", {.decimal = '.', .told = true}, DLU_VALUE_NUMBER, DLU_READ_OK, 1234},
        {"1,234,567.5", {.decimal = '.', .told = true}, DLU_VALUE_NUMBER, DLU_READ_OK, 1234567.5},
        {"1.234", {.decimal = ',', .told = true}, DLU_VALUE_NUMBER, DLU_READ_OK, 1234},
        {"1,23", {.decimal = '.', .told = true}, DLU_VALUE_UNSURE, DLU_READ_INVALID, 0},
        {"OVRFLW", {.decimal = '.'}, DLU_VALUE_TOKEN, DLU_READ_OVERFLOW, 0},
        {"over", {.decimal = '.'}, DLU_VALUE_TOKEN, DLU_READ_OVERFLOW, 0},
        {"####", {.decimal = '.'}, DLU_VALUE_TOKEN, DLU_READ_OVERFLOW, 0},
        {"#Sat", {.decimal = '.'}, DLU_VALUE_TOKEN, DLU_READ_OVERFLOW, 0},
        {">4200.000", {.decimal = '.'}, DLU_VALUE_TOKEN, DLU_READ_OVERFLOW, 0},
        {"<22.5", {.decimal = '.'}, DLU_VALUE_TOKEN, DLU_READ_UNDERFLOW, 0},
        {"#Low", {.decimal = '.'}, DLU_VALUE_TOKEN, DLU_READ_UNDERFLOW, 0},
        {"MISSED", {.decimal = '.'}, DLU_VALUE_TOKEN, DLU_READ_MISSED, 0},
        {"INVALID", {.decimal = '.'}, DLU_VALUE_TOKEN, DLU_READ_MISSED, 0},
        {"-", {.decimal = '.'}, DLU_VALUE_DASH, DLU_READ_MISSED, 0},
        {"- ", {.decimal = '.'}, DLU_VALUE_DASH, DLU_READ_MISSED, 0},
        {"Masked", {.decimal = '.'}, DLU_VALUE_TOKEN, DLU_READ_MASKED, 0},
        {"?????", {.decimal = '.'}, DLU_VALUE_TOKEN, DLU_READ_INVALID, 0},
        {"NaN", {.decimal = '.'}, DLU_VALUE_TOKEN, DLU_READ_INVALID, 0},
        {"n.d.", {.decimal = '.'}, DLU_VALUE_TEXT, DLU_READ_INVALID, 0},
        {">high", {.decimal = '.'}, DLU_VALUE_TEXT, DLU_READ_INVALID, 0},
        {" ", {.decimal = '.'}, DLU_VALUE_NONE, DLU_READ_MISSED, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        dlu_cell cell = {.text = rows[i].text, .row = 1, .col = 1, .kind = DLU_CELL_TEXT};
        dlu_value value = dlu_value_of(&cell, &rows[i].numbers);
        if (value.kind != rows[i].kind || value.state != rows[i].state ||
            value.number < rows[i].number || value.number > rows[i].number)
            fail_msg("\"%s\": found kind %d, state %d, %.17g", rows[i].text, (int)value.kind,
                     (int)value.state, value.number);
    }
    dlu_cell date = {.text = "2024-01-05\00045296", .kind = DLU_CELL_NUMBER, .date = true};
    dlu_numbers point = {.decimal = '.'};
    assert_int_equal(dlu_value_of(&date, &point).kind, DLU_VALUE_TEXT);
    assert_int_equal(dlu_value_of(NULL, &point).kind, DLU_VALUE_NONE);
}

static void row_letters_go_to_row_32(void **state)
{
    static const struct {
        const char *text;
        bool capitals; /* seen before */
        bool valid;
        uint32_t letter;
    } rows[] = {
        {"A", false, true, 0},   {"Z", false, true, 25},  {"AA", false, true, 26},
        {"AF", false, true, 31}, {"AG", false, false, 0}, {"a", false, true, 0},
        {"a", true, true, 26},   {"f", true, true, 31},   {"g", true, false, 0},
        {" B ", false, true, 1}, {"", false, false, 0},   {"1", false, false, 0},
        {"BA", false, false, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool capitals = rows[i].capitals;
        uint32_t letter = 99;
        if (dlu_row_letter(rows[i].text, &capitals, &letter) != rows[i].valid ||
            (rows[i].valid && letter != rows[i].letter))
            fail_msg("\"%s\": found row %u", rows[i].text, (unsigned)letter);
    }
}

/* ---- grids ---- */

static void grids_are_read_by_letter_and_number(void **state)
{
    static const struct {
        const char *what, *text, *label, *cells;
    } rows[] = {
        {"plain", "Firefly,1,2,3\nA,5,6,7\nB,8,9,10\n", "Firefly",
         "A1=5 A2=6 A3=7 B1=8 B2=9 B3=10"},
        {"spellings of numbers", "Luc,01,2.0,\"3\"\nA,5,6,7\n", "Luc", "A1=5 A2=6 A3=7"},
        {"rows that skip", ",1,2,3\nA,1,1,1\nC,2,2,2\n", "", "A1=1 A2=1 A3=1 C1=2 C2=2 C3=2"},
        {"columns from 7", ",7,8,9\nA,1,2,4\nB,1,2,4\n", "", "A7=1 A8=2 A9=4 B7=1 B8=2 B9=4"},
        {"an empty row below the header", "FF,1,2,3\n,,,\nA,4,4,4\n", "FF", "A1=4 A2=4 A3=4"},
        {"label column apart", "x,,,1,2,3\n,,A,,,\n", NULL, NULL},
        {"ragged rows and blanks", ",1,2,3\nA,5\nB, ,6\n", "", "A1=5 B2=6"},
        {"0 and negative numbers", ",1,2,3\nA,0,-16,-0.5\n", "", "A1=0 A2=-16 A3=-0.5"},
        {"states", ",1,2,3,4\nA,5,OVRFLW,MISSED,<3\n", "",
         "A1=5 A2=overflow A3=missed A4=underflow"},
        {"lower case after Z", ",1,2,3\nZ,1,2,4\na,5,6,7\nf,8,9,9\n", "",
         "Z1=1 Z2=2 Z3=4 AA1=5 AA2=6 AA3=7 AF1=8 AF2=9 AF3=9"},
        {"lower case alone", ",1,2,3\na,1,2,4\nb,5,6,7\n", "", "A1=1 A2=2 A3=4 B1=5 B2=6 B3=7"},
        {"a letter that does not advance ends it", ",1,2,3\nB,1,2,4\nA,5,6,7\n", "",
         "B1=1 B2=2 B3=4"},
        {"values that count up are no header", ",1,2,3\nA,1,2,3\nB,4,5,6\n", "",
         "A1=1 A2=2 A3=3 B1=4 B2=5 B3=6"},
        {"text beside the grid", ",1,2,3,\nA,5,6,7,cells\n", "", "A1=5 A2=6 A3=7"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        opened o = read_with(rows[i].text, NULL);
        char buf[1000];
        if (!rows[i].cells) {
            assert_int_equal(o.status, DLU_E_UNRECOGNISED);
        } else if (o.status) {
            fail_msg("%s: %s", rows[i].what, o.err.text);
        } else {
            assert_string_equal(o.import->format, "generic-grid");
            const dlu_read *read = &o.import->plates[0].reads[0];
            if (strcmp(cells_of(read, buf, sizeof buf), rows[i].cells) ||
                strcmp(read->label, rows[i].label))
                fail_msg("%s: found \"%s\" %s", rows[i].what, read->label, buf);
        }
        close_all(&o);
    }
}

static void names_around_grids_make_plates_and_labels(void **state)
{
    (void)state;
    opened o = read_text("Plate 1 - firefly\n,1,2,3\nA,1,2,4\n\nRenilla,1,2,3\nA,5,6,7\n\n"
                         "Plate 2\nfirefly,1,2,3\nA,8,9,9\n\nrenilla\n,1,2,3\nA,3,3,3\n");
    assert_int_equal(o.import->n_plates, 2);
    assert_string_equal(o.import->plates[0].name, "Plate 1");
    assert_string_equal(o.import->plates[1].name, "Plate 2");
    assert_read(o.import, 0, 0, "firefly", "A1=1 A2=2 A3=4");
    assert_read(o.import, 0, 1, "Renilla", "A1=5 A2=6 A3=7");
    assert_read(o.import, 1, 0, "firefly", "A1=8 A2=9 A3=9");
    assert_read(o.import, 1, 1, "renilla", "A1=3 A2=3 A3=3");
    close_all(&o);

    o = read_text("FF,1,2,3\nA,1,2,4\n\nRL,1,2,3\nA,5,6,7\n\nFF,1,2,3\nA,8,9,9\n\nRL,1,2,3\n"
                  "A,3,3,3\n");
    assert_int_equal(o.import->n_plates, 2);
    assert_non_null(find_message(o.log, "grid-next-plate"));
    assert_read(o.import, 1, 1, "RL", "A1=3 A2=3 A3=3");
    close_all(&o);
}

static void grids_may_stand_side_by_side(void **state)
{
    (void)state;
    opened o = read_text("FF,1,2,3,,RL,1,2,3\nA,1,2,4,,A,5,6,7\nB,1,1,1,,B,8,8,8\n");
    assert_string_equal(o.import->format, "generic-grid");
    assert_int_equal(o.import->n_left_out, 0);
    assert_read(o.import, 0, 0, "FF", "A1=1 A2=2 A3=4 B1=1 B2=1 B3=1");
    assert_read(o.import, 0, 1, "RL", "A1=5 A2=6 A3=7 B1=8 B2=8 B3=8");
    close_all(&o);
}

static void what_is_no_light_is_left_out_and_named(void **state)
{
    static const char text[] =
        "Layout,1,2,3\nA,WT,WT,MUT\n\nFirefly,1,2,3,,\nA,1,2,4,,hot\n\nconstruct,1,2,3\nA,1,2,4\n\n"
        "Ratio,1,2,3\nA,0.1,0.2,0.4\n\nRenilla,1,2,3\nA,5,6,7\n";
    static const char *const whats[] = {"a grid \"Layout\"",
                                        "1 cell right of a grid, first \"hot\"",
                                        "a grid \"construct\"", "a grid \"Ratio\""};
    (void)state;
    opened o = read_text(text);
    assert_int_equal(o.import->n_left_out, COUNT(whats));
    for (size_t i = 0; i < COUNT(whats); i++) {
        assert_string_equal(o.import->left_out[i].what, whats[i]);
        assert_true(strlen(o.import->left_out[i].why) > 0);
    }
    assert_int_equal(o.import->plates[0].n_reads, 2);
    close_all(&o);

    dlu_import_options options = {.calculated = true};
    o = read_with(text, &options);
    assert_int_equal(o.status, DLU_OK);
    assert_int_equal(o.import->plates[0].n_reads, 3);
    assert_true(o.import->plates[0].reads[2].calculated);
    assert_read(o.import, 0, 2, "Ratio", "A1=0.1 A2=0.2 A3=0.4");
    close_all(&o);
}

static void text_in_a_grid_is_an_invalid_read_with_a_warning(void **state)
{
    (void)state;
    opened o = read_text(",1,2,3\nA,1,n.d.,4\nB,5,lost,6\n");
    assert_read(o.import, 0, 0, "", "A1=1 A2=invalid A3=4 B1=5 B2=invalid B3=6");
    assert_string_equal(o.import->plates[0].reads[0].readings[1].origin->text, "n.d.");
    const dlu_message *m = find_message(o.log, "grid-text");
    assert_non_null(m);
    assert_string_equal(m->at, "2:3");
    assert_non_null(strstr(m->text, "2 cells of text, first well A2: \"n.d.\""));
    close_all(&o);
}

/* ---- lists ---- */

static void lists_are_read_by_their_headers(void **state)
{
    static const struct {
        const char *what, *text, *first_label, *first, *second_label, *second;
    } rows[] = {
        {"wells", "Well,Firefly,Renilla\nA01,1,2\nB:2,3,4\n", "Firefly", "A1=1 B2=3", "Renilla",
         "A1=2 B2=4"},
        {"row and column", "row,column,FF,RL\nA,1,1,2\nB,12,3,4\n", "FF", "A1=1 B12=3", "RL",
         "A1=2 B12=4"},
        {"no wells", "Luc,Ren,Construct\n1,2,WT\n,,\n3,4,MUT\n", "Luc", "r1=1 r2=3", "Ren",
         "r1=2 r2=4"},
        {"one channel missing in a row", "well\tfluc\trluc\nA1\t1\t\nA2\t\t4\n", "fluc", "A1=1",
         "rluc", "A2=4"},
        {"values with labels", "well,label,value\nA1,firefly,1\nA1,renilla,2\nA2,firefly,3\n",
         "firefly", "A1=1 A2=3", "renilla", "A1=2"},
        {"no header", "A1,1,2\nA2,3,4\nB1,5,6\n", "", "A1=1 A2=3 B1=5", "", "A1=2 A2=4 B1=6"},
        {"unknown header", "Where,What,Other\nA1,1,2\nA2,3,4\nB1,5,6\n", "What", "A1=1 A2=3 B1=5",
         "Other", "A1=2 A2=4 B1=6"},
        {"column-major", "well,ff,rl\nA1,1,9\nB1,2,8\nA2,3,7\n", "ff", "A1=1 A2=3 B1=2", "rl",
         "A1=9 A2=7 B1=8"},
        {"states", "well,ff,rl\nA1,OVER,1\nA2,-,MISSED\n", "ff", "A1=overflow A2=missed", "rl",
         "A1=1 A2=missed"},
        {"decimal comma", "well;ff;rl\nA1;1,5;2\nA2;3,25;4\n", "ff", "A1=1.5 A2=3.25", "rl",
         "A1=2 A2=4"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        opened o = read_with(rows[i].text, NULL);
        if (o.status)
            fail_msg("%s: %s", rows[i].what, o.err.text);
        assert_string_equal(o.import->format, "generic-list");
        assert_read(o.import, 0, 0, rows[i].first_label, rows[i].first);
        assert_read(o.import, 0, 1, rows[i].second_label, rows[i].second);
        close_all(&o);
    }
}

static void plates_of_a_list_come_from_its_column(void **state)
{
    (void)state;
    opened o = read_text("P1\tA1\t1\nP1\tA2\t2\nP2\tA1\t3\n");
    assert_int_equal(o.import->n_plates, 2);
    assert_string_equal(o.import->plates[0].name, "P1");
    assert_string_equal(o.import->plates[1].name, "P2");
    assert_read(o.import, 1, 0, "", "A1=3");
    assert_int_equal(o.import->plates[0].n_rows, 8);
    close_all(&o);
}

static void a_table_with_map_columns_says_so(void **state)
{
    (void)state;
    opened o = read_text("well,firefly,renilla\nA1,1,2\n");
    assert_false(o.import->has_map);
    close_all(&o);
    o = read_text("sample,firefly,renilla,construct,treatment\ns1,1,2,WT,mimic\n");
    assert_true(o.import->has_map);
    assert_int_equal(o.import->plates[0].n_rows, 0);
    close_all(&o);
}

static void the_csv_of_read_comes_back(void **state)
{
    (void)state;
    opened o = read_text("file,plate,well,read,label,time_s,value,state,at\n"
                         "x.xlsx,p,A1,1,Lum,,5,ok,S!F2\nx.xlsx,p,A2,1,Lum,,,overflow,S!G2\n"
                         "x.xlsx,p,A1,2,Lum,,7,ok,S!F9\nx.xlsx,q,r3,1,,0,1,ok,3:1\n"
                         "x.xlsx,q,r3,1,,2.5,4,ok,3:2\n");
    assert_int_equal(o.import->n_plates, 2);
    assert_read(o.import, 0, 0, "Lum", "A1=5 A2=overflow");
    assert_read(o.import, 0, 1, "Lum", "A1=7");
    assert_read(o.import, 1, 1, "", "r3=4");
    assert_true(o.import->plates[1].reads[1].has_time);
    assert_true(o.import->plates[1].reads[1].time_s == 2.5);
    close_all(&o);
}

/* ---- refusals ---- */

static void what_is_wrong_is_named_at_its_place(void **state)
{
    static const struct {
        const char *text, *code, *at, *words;
    } rows[] = {
        {"well,firefly\nA1,5\nB3,n.d.\n", "list-light", "3:2",
         "well B3, firefly: expected a luminescence reading, found \"n.d.\""},
        {"well,firefly\nQQ1,5\n", "list-well", "2:1", "expected a well such as A1, found \"QQ1\""},
        {"well,firefly\nA49,5\n", "list-well", "2:1", "found \"A49\""},
        {"row,col,firefly\nX9,1,5\n", "list-well-parts", "2:1", "found \"X9\" and \"1\""},
        {"well,firefly\nA1,5\nA1,6\n", "well-twice", "3:2",
         "well A1, firefly: expected one value, found 6 here and 5 at 2:2"},
        {"well,firefly\nA1,5\nA1,OVER\n", "well-twice", "3:2", "found OVER here and 5 at 2:2"},
        {"well;firefly\nA1;1,234\nA2;2,345\n", "number-ambiguous", "2:2", "found \"1,234\""},
        {"well,firefly\nA1,\"1,234\"\n", "number-unclear", "2:2",
         "a decimal point, found \"1,234\""},
        {",1,2,3\nA,1,\"2,000\",4\n", "number-unclear", "2:3", "found \"2,000\""},
        {"nothing,of,this\nis,a,plate\n", "format-unknown", "",
         "generic-wells: no header row of wells"},
        {"Software Version\t3.1\n\t1\t2\t3\nA\t4\t5\t6\n", "format-unknown", "",
         "looks like an export of Agilent BioTek Gen5"},
        {"luciferase,construct\n4,WT\n", "format-unknown", "", "only one column of light"},
        {"well,firefly\nA1,5\n\n,1,2,3\nA,4,5,6\n", "format-ambiguous", "",
         "generic-list: a table"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        opened o = read_with(rows[i].text, NULL);
        if (o.status == DLU_OK)
            fail_msg("expected %s, but this was read: %s", rows[i].code, rows[i].text);
        if (strcmp(o.err.code, rows[i].code) || strcmp(o.err.at, rows[i].at) ||
            !strstr(o.err.text, rows[i].words) || strcmp(o.err.file, "dir/plate.csv"))
            fail_msg("expected %s at \"%s\" with \"%s\", found %s at \"%s\": %s", rows[i].code,
                     rows[i].at, rows[i].words, o.err.code, o.err.at, o.err.text);
        assert_true(strlen(o.err.hint) > 0);
        close_all(&o);
    }
}

static void problems_are_gathered(void **state)
{
    (void)state;
    opened o = read_with("well,firefly,renilla\nA1,x,1\nA2,2,y\n\xC3\x84,3,4\n", NULL);
    assert_int_equal(o.status, DLU_E_INPUT);
    assert_string_equal(o.err.code, "problems");
    assert_int_equal(dlu_messages_count(o.log), 3);
    close_all(&o);
    o = read_text("well,firefly\nA1,5\nA1,5\n");
    assert_non_null(find_message(o.log, "well-repeated"));
    assert_read(o.import, 0, 0, "firefly", "A1=5");
    close_all(&o);
}

static void a_format_can_be_insisted_on(void **state)
{
    (void)state;
    dlu_import_options grid = {.format = "generic-grid"}, wrong = {.format = "no-such"},
                       glomax = {.format = "promega-glomax"};
    opened o = read_with("Software Version\t3.1\n\t1\t2\t3\nA\t4\t5\t6\n", &grid);
    assert_int_equal(o.status, DLU_OK);
    assert_read(o.import, 0, 0, "Software Version", "A1=4 A2=5 A3=6");
    close_all(&o);
    o = read_with("well,firefly\nA1,5\n", &wrong);
    assert_int_equal(o.status, DLU_E_USAGE);
    assert_non_null(strstr(o.err.text, "expected one of the formats promega-glomax, "));
    assert_non_null(strstr(o.err.text, ", generic-grid, generic-list, generic-wells, found"));
    close_all(&o);
    o = read_with("well,firefly\nA1,5\n", &glomax);
    assert_int_equal(o.status, DLU_E_INPUT);
    assert_string_equal(o.err.code, "no-reads");
    close_all(&o);
}

static void detection_answers_without_reading(void **state)
{
    (void)state;
    static const char good[] = "well,firefly\nA1,n.d.\n", none[] = "a,b\nc,d\n";
    dlu_source source = {.name = "x", .bytes = good, .n_bytes = sizeof good - 1},
               other = {.name = "x", .bytes = none, .n_bytes = sizeof none - 1};
    dlu_import *asked;
    assert_int_equal(dlu_import_detect(&source, &asked, NULL), DLU_OK);
    assert_string_equal(asked->format, "generic-list");
    assert_int_equal(asked->n_detections, dlu_format_count());
    dlu_import_free(asked);
    assert_int_equal(dlu_import_detect(&other, &asked, NULL), DLU_OK);
    assert_null(asked->format);
    for (size_t i = 0; i < asked->n_detections; i++)
        assert_true(strlen(asked->detections[i].reason) > 0);
    dlu_import_free(asked);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_become_values_or_states),
        cmocka_unit_test(row_letters_go_to_row_32),
        cmocka_unit_test(grids_are_read_by_letter_and_number),
        cmocka_unit_test(names_around_grids_make_plates_and_labels),
        cmocka_unit_test(grids_may_stand_side_by_side),
        cmocka_unit_test(what_is_no_light_is_left_out_and_named),
        cmocka_unit_test(text_in_a_grid_is_an_invalid_read_with_a_warning),
        cmocka_unit_test(lists_are_read_by_their_headers),
        cmocka_unit_test(plates_of_a_list_come_from_its_column),
        cmocka_unit_test(a_table_with_map_columns_says_so),
        cmocka_unit_test(the_csv_of_read_comes_back),
        cmocka_unit_test(what_is_wrong_is_named_at_its_place),
        cmocka_unit_test(problems_are_gathered),
        cmocka_unit_test(a_format_can_be_insisted_on),
        cmocka_unit_test(detection_answers_without_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
