/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "import/marks.h"
#include "import/titled.h"
#include "import/wells_table.h"

/* What importers share: words, marks, keys, titled grids, tables of wells. */

typedef struct opened {
    dlu_arena *arena;
    dlu_scan scan;
    dlu_import_options options;
    dlu_import_job job;
    dlu_import import;
    dlu_messages *log;
    dlu_error err;
} opened;

static opened *open_text(const char *text)
{
    static opened o;
    dlu_source source = {.name = "plate.csv", .bytes = text, .n_bytes = strlen(text)};
    dlu_arena *arena = dlu_arena_new();
    o = (opened){.arena = arena, .log = dlu_messages_new()};
    assert_int_equal(dlu_scan_open(&source, DLU_DECIMAL_AUTO, arena, arena, &o.scan, &o.err),
                     DLU_OK);
    o.job = (dlu_import_job){.scan = &o.scan,
                             .options = &o.options,
                             .arena = arena,
                             .problems = {.arena = arena},
                             .date = "",
                             .log = o.log,
                             .err = &o.err};
    return &o;
}

static void close_all(opened *o)
{
    dlu_messages_free(o->log);
    dlu_arena_free(o->arena);
}

/* "Lum: A1=1 A2=2 | 3: A1=5" of the first plate. */
static const char *reads_of(opened *o)
{
    static char buf[2000];
    char well[DLU_WELL_NAME_SIZE], number[DLU_VALUE_TEXT_SIZE];
    size_t n = 0;
    buf[0] = '\0';
    assert_int_equal(dlu_job_finish(&o->job, &o->import), DLU_OK);
    for (size_t r = 0; o->import.n_plates && r < o->import.plates[0].n_reads; r++) {
        const dlu_read *read = &o->import.plates[0].reads[r];
        n += (size_t)snprintf(buf + n, sizeof buf - n, "%s%s%s:", r ? " | " : "", read->label,
                              read->calculated ? "*" : "");
        for (size_t i = 0; i < read->n_readings; i++) {
            const dlu_reading *x = &read->readings[i];
            n += (size_t)snprintf(buf + n, sizeof buf - n, " %s=%s", dlu_well_name(x->well, well),
                                  x->state ? dlu_read_state_name(x->state)
                                           : dlu_value_text(x->value, number));
        }
    }
    return buf;
}

static void words_say_what_a_grid_is(void **state)
{
    (void)state;
    assert_true(dlu_names_calculated("2. Blank corrected based on Raw Data (No filter)"));
    assert_true(dlu_names_calculated("NLuc/Luc ratio"));
    assert_true(dlu_names_calculated("Blank-corrected"));
    assert_false(dlu_names_calculated("Raw Data (No filter)"));
    assert_false(dlu_names_calculated("Ratiometric"));
    assert_true(dlu_names_layout("Platemap:"));
    assert_true(dlu_names_layout("Plate map"));
    assert_true(dlu_names_layout("Layout"));
    assert_false(dlu_names_layout("Plate 1"));
    assert_int_equal(dlu_names_measures("Luminescence Endpoint"), DLU_MEASURES_LUMINESCENCE);
    assert_int_equal(dlu_names_measures("LUM:Lum"), DLU_MEASURES_LUMINESCENCE);
    assert_int_equal(dlu_names_measures("Absorbance"), DLU_MEASURES_ABSORBANCE);
    assert_int_equal(dlu_names_measures("Fluorescence (FI)"), DLU_MEASURES_FLUORESCENCE);
    assert_int_equal(dlu_names_measures("Volume"), DLU_MEASURES_UNKNOWN);
}

static void marks_decide_how_sure_a_format_is(void **state)
{
    (void)state;
    static const dlu_mark marks[] = {{"Test name:", NULL, false, false},
                                     {"Raw Data", NULL, false, false},
                                     {"ID1:", NULL, true, false}};
    dlu_detection d = {0};
    opened *o = open_text("user: x\n\n  test NAME: abc\nRaw Data (No filter)\n,1,2,3\nA,4,5,6\n");
    assert_int_equal(dlu_detect_marks(&o->scan, marks, 3, true, "a grid", &d), DLU_OK);
    assert_int_equal(d.certainty, DLU_DETECT_SURE);
    assert_string_equal(d.reason, "\"Test name:\" at 3:1, \"Raw Data\" at 4:1, and a grid");
    assert_int_equal(d.score, 75);
    assert_int_equal(dlu_detect_marks(&o->scan, marks, 3, false, "a grid", &d), DLU_OK);
    assert_int_equal(d.certainty, DLU_DETECT_MAYBE);
    assert_string_equal(d.reason, "\"Test name:\" at 3:1, \"Raw Data\" at 4:1, but without a grid");
    assert_string_equal(dlu_key_value(&o->scan, o->scan.book->sheets, 1, 0, "Test name"), "abc");
    assert_string_equal(dlu_key_value(&o->scan, o->scan.book->sheets, 1, 2, "Test name"), "");
    assert_string_equal(dlu_key_value(&o->scan, o->scan.book->sheets, 1, 0, "Test"), "");
    close_all(o);
    o = open_text("Test name:\tabc\n\t1\t2\t3\nA\t4\t5\t6\n");
    assert_int_equal(dlu_detect_marks(&o->scan, marks, 3, true, "a grid", &d), DLU_OK);
    assert_int_equal(d.certainty, DLU_DETECT_MAYBE);
    assert_string_equal(d.reason, "\"Test name:\" at 1:1, but without \"Raw Data\"");
    assert_string_equal(dlu_key_value(&o->scan, o->scan.book->sheets, 1, 0, "Test name"), "abc");
    assert_string_equal(dlu_key_cell(&o->scan, o->scan.book->sheets, 1, 0, "Test name")->text,
                        "abc");
    close_all(o);
    o = open_text("a,b\n1,2\n");
    assert_int_equal(dlu_detect_marks(&o->scan, marks, 3, true, "a grid", &d), DLU_OK);
    assert_int_equal(d.certainty, DLU_DETECT_NO);
    assert_string_equal(d.reason, "without \"Test name:\", \"Raw Data\"");
    assert_int_equal(d.score, 0);
    close_all(o);
}

static void letters_may_have_several_lines(void **state)
{
    (void)state;
    static const char text[] =
        "Results\n\t1\t2\t3\n"
        "A\t1\t2\t3\tLuc:Lum\n\t11\t12\t13\tNLuc:Lum\n\t0.1\t?????\t\tNLuc/Luc ratio\n"
        "B\t4\t\t6\tLuc:Lum\n\t14\t\tOVRFLW\tNLuc:Lum\n\t0.1\t\t\tNLuc/Luc ratio\n";
    opened *o = open_text(text);
    assert_int_equal(o->scan.n_blocks, 1);
    const dlu_block *b = o->scan.blocks;
    assert_int_equal(b->n_lines, 3);
    assert_int_equal(b->n_rows, 2);
    assert_string_equal(dlu_block_beside(b, 1), "NLuc:Lum");
    assert_int_equal(dlu_block_end(b), 8);
    o->options.calculated = true;
    dlu_plate_build *plate = dlu_job_plate(&o->job, "");
    for (uint32_t line = 0; line < 3; line++) {
        const char *label = dlu_block_beside(b, line);
        dlu_taken taken = {.label = label,
                           .line = line,
                           .calculated = dlu_names_calculated(label) ? "a ratio" : NULL};
        assert_true(dlu_take_grid(&o->job, plate, b, &taken));
    }
    assert_string_equal(reads_of(o), "Luc:Lum: A1=1 A2=2 A3=3 B1=4 B3=6 | NLuc:Lum: A1=11 A2=12 "
                                     "A3=13 B1=14 B3=overflow | NLuc/Luc ratio*: A1=0.1 "
                                     "A2=invalid B1=0.1");
    close_all(o);
    /* a row of totals is no line, nor is an empty row */
    o = open_text(",1,2,3\nA,1,2,3\nB,4,5,6\n,5,7,9\n\n,1,2,3\nA,1,2,3\n");
    assert_int_equal(o->scan.n_blocks, 2);
    assert_int_equal(o->scan.blocks[0].n_lines, 1);
    assert_int_equal(dlu_block_end(&o->scan.blocks[0]), 3);
    close_all(o);
    /* one letter alone: its lines are known by their labels */
    o = open_text("\t1\t2\t3\nA\t1\t2\t3\tLuc\n\t4\t5\t6\tRluc\n");
    assert_int_equal(o->scan.blocks[0].n_lines, 2);
    close_all(o);
}

static void layouts_name_wells_and_copies_are_left_out(void **state)
{
    (void)state;
    opened *o = open_text("Layout\n,1,2,3\nA,PTEN,-,EV\n\nRaw\n,1,2,3\nA,4,5,6\n\nBlank corrected\n"
                          ",1,2,3\nA,1,2,3\n");
    dlu_plate_build *plate = dlu_job_plate(&o->job, "");
    assert_int_equal(o->scan.n_blocks, 3);
    assert_true(dlu_take_layout(&o->job, plate, &o->scan.blocks[0]));
    for (size_t i = 1; i < 3; i++) {
        const char *copy = dlu_grid_says(&o->scan.blocks[i], dlu_names_calculated);
        dlu_taken taken = {.calculated = *copy ? copy : NULL};
        assert_true(dlu_take_grid(&o->job, plate, &o->scan.blocks[i], &taken));
    }
    assert_string_equal(reads_of(o), ": A1=4 A2=5 A3=6");
    assert_int_equal(o->import.n_left_out, 2);
    assert_string_equal(o->import.left_out[1].why, "Blank corrected (--calculated brings it)");
    const dlu_plate *p = &o->import.plates[0];
    assert_int_equal(p->n_samples, 2);
    assert_string_equal(p->samples[1].name, "EV");
    assert_int_equal(p->samples[1].well, 2);
    assert_int_equal(p->samples[1].at.row, 3);
    close_all(o);
}

static void the_first_name_of_a_well_stays(void **state)
{
    (void)state;
    opened *o = open_text(",1,2,3\nA,4,5,6\n");
    dlu_plate_build *plate = dlu_job_plate(&o->job, "");
    dlu_taken taken = {0};
    assert_true(dlu_take_grid(&o->job, plate, o->scan.blocks, &taken));
    assert_true(dlu_job_sample(&o->job, plate, 1, " b ", (dlu_place){.row = 1}));
    assert_true(dlu_job_sample(&o->job, plate, 0, "a", (dlu_place){.row = 2}));
    assert_true(dlu_job_sample(&o->job, plate, 1, "c", (dlu_place){.row = 3}));
    assert_true(dlu_job_sample(&o->job, plate, 2, "--", (dlu_place){.row = 4}));
    assert_string_equal(reads_of(o), ": A1=4 A2=5 A3=6");
    assert_int_equal(o->import.plates[0].n_samples, 2);
    assert_string_equal(o->import.plates[0].samples[1].name, "b");
    assert_int_equal(dlu_messages_count(o->log), 1);
    assert_string_equal(dlu_messages_get(o->log, 0)->text,
                        "1 well has more than one name in the file, first A2: \"b\" and \"c\"; the "
                        "first is taken");
    close_all(o);
}

static void wells_may_stand_across(void **state)
{
    (void)state;
    dlu_wells_table t;
    double seconds;
    opened *o = open_text("Well\t\tA01\tB01\tA02\nContent\tTime [s]\tX1\tX2\tB\n"
                          "Raw\t0\t1\t2\t3\nRaw\t90\t4\tOVRFLW\t6\n\nRaw\t0:03:00\t7\t8\t\n"
                          "Ratio\t\tnone\tnone\tnone\n");
    assert_false(dlu_wells_across(&o->scan, o->scan.book->sheets, 1, 0, 4, &t));
    assert_true(dlu_wells_across(&o->scan, o->scan.book->sheets, 1, 0, 3, &t));
    assert_int_equal(t.n_wells, 3);
    assert_int_equal(t.n_lines, 3);
    assert_int_equal(t.first, 3);
    assert_int_equal(t.end, 6);
    dlu_plate_build *plate = dlu_job_plate(&o->job, "");
    for (size_t i = 0; i < t.n_lines; i++) {
        dlu_taken taken = {.label = dlu_wells_head(&t, i, 1)->text, .has_time = true};
        assert_true(dlu_cell_seconds(dlu_wells_head(&t, i, 2), &o->scan.numbers, true, &seconds));
        taken.time_s = seconds;
        assert_true(dlu_take_wells(&o->job, plate, &t, i, &taken));
    }
    assert_string_equal(reads_of(o),
                        "Raw: A1=1 A2=3 B1=2 | Raw: A1=4 A2=6 B1=overflow | Raw: A1=7 B1=8");
    const dlu_read *reads = o->import.plates[0].reads;
    assert_true(reads[1].time_s >= 90 && reads[1].time_s <= 90);
    assert_true(reads[2].time_s >= 180 && reads[2].time_s <= 180);
    assert_true(dlu_read_continues(&reads[0], &reads[1]));
    close_all(o);
}

static void wells_may_stand_down(void **state)
{
    (void)state;
    dlu_wells_table t;
    opened *o = open_text("Default, [ RLU ]\nTime/Pos\t    00\t  600\n     A01\t   7\t  11\t\n"
                          "     B01\t   8\t  12\t\n     A02\t   9\t  13\t\nend\n");
    assert_true(dlu_wells_down(&o->scan, o->scan.book->sheets, 1, 0, 3, &t));
    assert_int_equal(t.n_wells, 3);
    assert_int_equal(t.n_lines, 2);
    assert_int_equal(t.header, 2);
    dlu_plate_build *plate = dlu_job_plate(&o->job, "");
    for (size_t i = 0; i < t.n_lines; i++) {
        dlu_taken taken = {.label = "RLU", .has_time = true};
        assert_true(dlu_cell_seconds(dlu_wells_head(&t, i, t.header), &o->scan.numbers, true,
                                     &taken.time_s));
        assert_true(dlu_take_wells(&o->job, plate, &t, i, &taken));
    }
    assert_string_equal(reads_of(o), "RLU: A1=7 A2=9 B1=8 | RLU: A1=11 A2=13 B1=12");
    close_all(o);
}

static void grids_without_letters_are_read_where_they_are_known(void **state)
{
    (void)state;
    dlu_block b;
    opened *o = open_text("1,2,3\n4,5,6\n");
    assert_int_equal(o->scan.n_blocks, 0);
    assert_true(dlu_block_known(o->scan.book->sheets, &o->scan.numbers, o->arena, 1, 1, 2, 3, &b));
    assert_int_equal(b.n_numbers, 6);
    dlu_plate_build *plate = dlu_job_plate(&o->job, "");
    dlu_taken taken = {.label = "x"};
    assert_true(dlu_take_grid(&o->job, plate, &b, &taken));
    assert_string_equal(reads_of(o), "x: A1=1 A2=2 A3=3 B1=4 B2=5 B3=6");
    close_all(o);
}

static void times_are_read_in_any_form(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool hours;
        double seconds; /* -1: none */
    } rows[] = {{"90", true, 90},     {"0s", true, 0},       {"1.5 min", true, 90},
                {"2 h", true, 7200},  {"0:01:30", true, 90}, {"00:00:01.5", true, 1.5},
                {"1:30", true, 5400}, {"1:30", false, 90},   {" 600", true, 600},
                {"x", true, -1},      {"1:x:3", true, -1},   {"5 %", true, -1},
                {"", true, -1}};
    dlu_numbers numbers = {.decimal = '.'};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dlu_cell cell = {.text = rows[i].text, .kind = DLU_CELL_TEXT};
        double seconds = -1;
        bool ok = dlu_cell_seconds(&cell, &numbers, rows[i].hours, &seconds);
        assert_int_equal(ok, rows[i].seconds >= 0);
        if (ok)
            assert_true(seconds >= rows[i].seconds && seconds <= rows[i].seconds);
    }
    dlu_cell day = {.text = "00:00:02\0"
                            "2.3148148148148147E-05",
                    .kind = DLU_CELL_NUMBER,
                    .date = true};
    double seconds;
    assert_true(dlu_cell_seconds(&day, &numbers, true, &seconds));
    assert_true(seconds >= 2 && seconds <= 2);
    assert_false(dlu_cell_seconds(NULL, &numbers, true, &seconds));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_say_what_a_grid_is),
        cmocka_unit_test(marks_decide_how_sure_a_format_is),
        cmocka_unit_test(letters_may_have_several_lines),
        cmocka_unit_test(layouts_name_wells_and_copies_are_left_out),
        cmocka_unit_test(the_first_name_of_a_well_stays),
        cmocka_unit_test(wells_may_stand_across),
        cmocka_unit_test(wells_may_stand_down),
        cmocka_unit_test(grids_without_letters_are_read_where_they_are_known),
        cmocka_unit_test(times_are_read_in_any_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
