/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include <dualuc/dualuc.h>

#include "assay/map.h"

/* ---- reading ---- */

typedef struct reading {
    dlu_status status;
    dlu_arena *arena;
    dlu_map *map;
    dlu_messages *log;
    dlu_error err;
} reading;

static reading read_named(const char *name, const char *text, const char *block)
{
    dlu_source source = {.name = name, .bytes = text, .n_bytes = strlen(text)};
    reading r = {.arena = dlu_arena_new(), .log = dlu_messages_new()};
    r.status = dlu_map_read(&source, block, false, r.arena, &r.map, r.log, &r.err);
    return r;
}

static reading read_map(const char *text)
{
    return read_named("map.csv", text, NULL);
}

static void reading_free(reading *r)
{
    dlu_arena_free(r->arena);
    dlu_messages_free(r->log);
}

static const dlu_message *said(const dlu_messages *log, const char *code)
{
    for (size_t i = 0; i < dlu_messages_count(log); i++)
        if (!strcmp(dlu_messages_get(log, i)->code, code))
            return dlu_messages_get(log, i);
    return NULL;
}

static const dlu_map_row *row_of(const reading *r, const char *plate, const char *well)
{
    char name[DLU_WELL_NAME_SIZE];
    for (size_t i = 0; i < r->map->n_rows; i++) {
        const dlu_map_row *row = &r->map->rows[i];
        bool same_plate = !plate || (row->plate && !strcmp(row->plate, plate));
        if (same_plate && !strcmp(dlu_well_name(row->well, name), well))
            return row;
    }
    fail_msg("no well %s", well);
    return NULL;
}

static void same_text(const char *a, const char *b, const char *what)
{
    if ((!a != !b) || (a && strcmp(a, b) != 0))
        fail_msg("%s: \"%s\" and \"%s\"", what, a ? a : "(none)", b ? b : "(none)");
}

static const char long_form[] = "well,role,target,construct,treatment,mirna,dose,day,use,prep\n"
                                "A1,,PTEN,WT,mimic,miR-21,50,d1,,x\n"
                                "A2,,PTEN,WT,scr,,50,d1,0,y\n"
                                "B1,,PTEN,MUT,mimic,miR-21,,d2,,\n"
                                "C12,blank,,,,,,,,z\n";

static const char grid_form[] = "role,1,2,3,4,5,6,7,8,9,10,11,12\n"
                                "A\nB\nC,,,,,,,,,,,,blank\n"
                                "\n"
                                "target,1,2,3\nA,PTEN,PTEN,\nB,PTEN,,\n"
                                "\n"
                                "construct,1,2,3\nA,WT,WT,\nB,MUT,,\n"
                                "\n"
                                "treatment,01,02,03\na,mimic,scr,\nb,mimic,,\n"
                                "\n"
                                "mirna,1,2,3\nA,miR-21,,\nB,miR-21,,\n"
                                "dose (nM),1,2,3\nA,50,50,\n"
                                "day,1,2,3\nA,d1,d1,\nB,d2,,\n"
                                "use,1,2,3\nA,,0,\n"
                                "\n"
                                "prep,1,2,3,4,5,6,7,8,9,10,11,12\n"
                                "A,x,y\nC,,,,,,,,,,,,z\n";

static void both_forms_say_the_same(void **state)
{
    reading a = read_map(long_form), b = read_map(grid_form);
    (void)state;
    assert_int_equal(a.status, DLU_OK);
    if (b.status != DLU_OK)
        fail_msg("%s", b.err.text);
    assert_false(a.map->grid);
    assert_true(b.map->grid);
    assert_int_equal(a.map->n_rows, b.map->n_rows);
    assert_int_equal(b.map->n_extra, 1);
    assert_string_equal(b.map->extra_columns[0], "prep");
    assert_string_equal(b.map->block_column, "day");
    for (size_t i = 0; i < a.map->n_rows; i++) {
        const dlu_map_row *x = &a.map->rows[i], *y = &b.map->rows[i];
        assert_int_equal(x->well, y->well);
        assert_int_equal(x->role, y->role);
        assert_int_equal(x->use, y->use);
        same_text(x->target, y->target, "target");
        same_text(x->construct, y->construct, "construct");
        same_text(x->treatment, y->treatment, "treatment");
        same_text(x->mirna, y->mirna, "mirna");
        same_text(x->block, y->block, "block");
        same_text(x->plate, y->plate, "plate");
        same_text(x->extra[0], y->extra[0], "prep");
        assert_true(x->dose_nM == y->dose_nM || (isnan(x->dose_nM) && isnan(y->dose_nM)));
    }
    assert_int_equal(row_of(&b, NULL, "A2")->at.row, 11); /* the construct's cell */
    assert_int_equal(row_of(&b, NULL, "A2")->at.col, 3);
    assert_int_equal(dlu_messages_count(b.log), 0);
    reading_free(&a);
    reading_free(&b);
}

#define TREATMENTS "treatment,1,2,3\nA,scr,mimic,\n"

static void grids_are_found_however_they_lie(void **state)
{
    static const struct {
        const char *text, *plate, *well, *construct;
        size_t n_rows;
    } rows[] = {
        /* tabs; semicolons */
        {"construct\t1\t2\t3\nA\tWT\tMUT\t\ntreatment\t1\t2\t3\nA\tscr\tmimic\t\n", NULL, "A2",
         "MUT", 2},
        {"construct;1;2;3\nA;WT;MUT;\ntreatment;1;2;3\nA;scr;mimic;\n", NULL, "A2", "MUT", 2},
        /* side by side */
        {"construct,1,2,3,,treatment,1,2,3\nA,WT,MUT,,,A,scr,mimic,\n", NULL, "A2", "MUT", 2},
        /* the halves of a plate */
        {"construct,1,2,3\nA,WT,,\n\nconstruct,4,5,6\nA,MUT,,\n\n"
         "treatment,1,2,3,4,5,6\nA,scr,,,mimic,,\n",
         NULL, "A4", "MUT", 2},
        /* a name above the block, with an empty corner or the word well in it */
        {"Construct\n,1,2,3\nA,WT,MUT,\n\nTreatment\nwell,1,2,3\nA,scr,mimic,\n", NULL, "A2", "MUT",
         2},
        /* rows that are skipped keep their letters; lower case after Z is a row of 1536 wells */
        {"construct,1,2,3\nY,WT,,\nZ,WT,,\ne,MUT,,\n"
         "treatment,1,2,3\nY,scr,,\nZ,scr,,\nAE,mimic,,\n",
         NULL, "AE1", "MUT", 3},
        /* a line names the plate of the blocks below it */
        {"plate: day1\nconstruct,1,2,3\nA,WT,,\ntreatment,1,2,3\nA,scr,,\n"
         "plate: day2\nconstruct,1,2,3\nA,MUT,,\ntreatment,1,2,3\nA,mimic,,\n",
         "day2", "A1", "MUT", 2},
        {"Plate,day1\n\nconstruct,1,2,3\nA,WT,,\n" TREATMENTS, "day1", "A1", "WT", 2},
        {"Plate 1\nconstruct,1,2,3\nA,WT,MUT,\n" TREATMENTS, "Plate 1", "A2", "MUT", 2},
        {"plate = day 1\nconstruct,1,2,3\nA,WT,MUT,\n" TREATMENTS, "day 1", "A2", "MUT", 2},
        {"plate: a,,,,,plate: b\nconstruct,1,2,3,,construct,1,2,3\nA,WT,,,,A,MUT,,\n\n"
         "treatment,1,2,3,,treatment,1,2,3\nA,scr,,,,A,scr,,\n",
         "b", "A1", "MUT", 2},
        /* what stands above the first line is for every plate, unless a plate says otherwise */
        {"construct,1,2,3\nA,WT,MUT,\n" TREATMENTS
         "plate: p1\nday,1,2,3\nA,d1,d1,\nplate: p2\nconstruct,1,2,3\nA,EV,,\n",
         "p2", "A1", "EMPTY", 4},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        reading r = read_map(rows[i].text);
        if (r.status != DLU_OK)
            fail_msg("row %zu: %s", i, r.err.text);
        assert_true(r.map->grid);
        assert_int_equal(r.map->has_plate, rows[i].plate != NULL);
        if (r.map->n_rows != rows[i].n_rows)
            fail_msg("row %zu: %zu wells", i, r.map->n_rows);
        assert_string_equal(row_of(&r, rows[i].plate, rows[i].well)->construct, rows[i].construct);
        reading_free(&r);
    }
}

static void maps_are_refused_with_the_cell(void **state)
{
    static const struct {
        const char *text, *code, *at, *words;
    } rows[] = {
        {"a,b\n1,2\n", "map-no-header", "", "found no row with two of these words and no block"},
        {"constuct,1,2,3\nA,WT,,\n", "map-no-header", "", "expected a plate map"},
        {"construct,1,2,3\nA,WT,,\n", "map-no-column", "",
         "a block with treatment in its top left"},
        {"treatment,1,2,3\nA,scr,,\n", "map-no-column", "", "a block with construct"},
        {"construct,1,2,3\nA,WTT,,\n" TREATMENTS, "map-unknown-word", "2:2", "found \"WTT\""},
        {"construct,1,2,3\nA,mock,,\n" TREATMENTS, "map-unknown-word", "2:2", "found \"mock\""},
        {"construct,1,2,3\nA,,WT,\ntreatment,1,2,3\nA,,,scr\n", "map-empty-cell", "4:3",
         "treatment: a sample needs one"},
        {"construct,1,2,3\nA,WT,MUT,\nconstruct,1,2,3\nA,,WT,\n" TREATMENTS, "map-doubled-block",
         "3:1",
         "expected one block construct for each well, found two for A2; the first is at 1:1"},
        {"plate: p1\nconstruct,1,2,3\nA,WT,,\nplasmid,1,2,3\nA,WT,,\n" TREATMENTS,
         "map-doubled-block", "4:1", "found two for A1 of plate p1"},
        {"construct,1,2,3\nA,WT,MUT,\n\nwell,1,2,3\nA,x,y,z\n" TREATMENTS, "map-block-no-name",
         "4:1", "expected the name of a column in the top left cell"},
        {"construct,1,2,3\nA,WT,MUT,\nplate,1,2,3\nA,p1,p1,p1\n" TREATMENTS, "map-block-of-plates",
         "3:1", "found \"plate\""},
        {"construct,1,2,3\nA,WT,MUT,\nplate: d1,1,2,3\nA,p1,p1,p1\n" TREATMENTS,
         "map-block-of-plates", "3:1", "found \"plate: d1\""},
        {"construct,1,2,3\nA,WT,,\nC,WT,,\nB,WT,,\n" TREATMENTS, "map-block-letters", "4:1",
         "expected the next row letter of the block, found \"B\""},
        {"construct,1,2,3\nA,WT,,\nA,WT,,\n" TREATMENTS, "map-block-letters", "3:1", "found \"A\""},
        {"construct,1,2,3\nA,WT,MUT,\n" TREATMENTS "use,1,2,3\nA,maybe,,\n", "map-bad-use", "6:2",
         "use: expected 1 or 0, found \"maybe\""},
        {"construct,1,2,3\nA,WT,MUT,\n" TREATMENTS "dose,1,2,3\nA,high,,\n", "map-bad-dose", "6:2",
         "expected a number of nM, found \"high\""},
        {"construct,1,2,3\nA,WT,MUT,\n" TREATMENTS "role,1,2,3\nA,smapel,,\n", "map-unknown-word",
         "6:2", "found \"smapel\""},
        {"well,construct,treatment\nA1,WT,mmc\n", "map-unknown-word", "2:3", "found \"mmc\""},
        {"well,construct,treatment\nA1,emtyp,scr\n", "map-unknown-word", "2:2", "found \"emtyp\""},
        {"well,construct,treatment\nA1,WT,mock\n", "map-unknown-word", "2:3", "found \"mock\""},
        {"well,role,construct,treatment\nA1,mock,,\n", "map-unknown-word", "2:2", "found \"mock\""},
        {"well,construct,treatment\nA1,WT,scr\na01,WT,scr\n", "map-doubled-well", "3:1",
         "expected each well once in the map, found A1 twice; it was first at 2:1"},
        {"plate,well,construct,treatment\np,A1,WT,scr\np,A1,WT,scr\n", "map-doubled-well", "3:2",
         "found A1 of plate p twice"},
        {"well,construct,treatment,EV\nA49,WT,scr,\n", "map-bad-well", "2:1", "found \"A49\""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        reading r = read_map(rows[i].text);
        if (r.status != DLU_E_INPUT || strcmp(r.err.code, rows[i].code) ||
            strcmp(r.err.at, rows[i].at) || !strstr(r.err.text, rows[i].words))
            fail_msg("row %zu: %d, %s at %s: %s", i, (int)r.status, r.err.code, r.err.at,
                     r.err.text);
        assert_string_equal(r.err.file, "map.csv");
        reading_free(&r);
    }
}

static void slips_of_known_words_are_answered(void **state)
{
    static const struct {
        const char *text, *hint;
    } rows[] = {
        {"well,construct,treatment\nA1,WT,scarmbel\n", "did you mean scramble?"},
        {"well,construct,treatment\nA1,WT,mmc\n", "did you mean mimic?"},
        {"well,construct,treatment\nA1,WT,inhbtor\n", "did you mean inhibitor?"},
        {"well,construct,treatment\nA1,emtyp,scr\n", "did you mean EMPTY?"},
        {"well,construct,treatment\nA1,widltpye,scr\n", "did you mean WT?"},
        {"well,role,construct,treatment\nA1,balkn,,\n", "did you mean blank?"},
        {"well,construct,treatment\nA1,mock,scr\n", "mock means untransfected cells to some"},
        {"well,construct,treatment\nA1,WT,siRNA-77\n", "set role to unused"},
        {"a,b\n1,2\n", "construct in the top left cell, 1 to 12 right of it"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        reading r = read_map(rows[i].text);
        assert_int_equal(r.status, DLU_E_INPUT);
        if (!strstr(r.err.hint, rows[i].hint))
            fail_msg("row %zu: %s", i, r.err.hint);
        reading_free(&r);
    }
}

/* Missed by one letter, or two changed places: read as the known word, and said once. */
static void slips_of_one_letter_are_read_and_said(void **state)
{
    static const struct {
        const char *text, *words;
    } rows[] = {
        {"well,construct,treatment\nA1,WT,scarmble\nA2,WT,scarmble\n",
         "treatment: \"scarmble\" is read as scramble"},
        {"well,construct,treatment\nA1,WT,mimc\n", "\"mimc\" is read as mimic"},
        {"well,construct,treatment\nA1,emtpy,scr\n", "construct: \"emtpy\" is read as EMPTY"},
        {"well,construct,treatment\nA1,widltype,scr\n", "\"widltype\" is read as WT"},
        {"well,role,construct,treatment\nA1,balnk,,\n", "role: \"balnk\" is read as blank"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        reading r = read_map(rows[i].text);
        size_t said = 0;
        assert_int_equal(r.status, DLU_OK);
        for (size_t k = 0; k < dlu_messages_count(r.log); k++)
            said += strstr(dlu_messages_get(r.log, k)->text, rows[i].words) != NULL;
        assert_int_equal(said, 1);
        reading_free(&r);
    }
}

#define HEAD "well,target,construct,treatment,mirna,sample\n"

static void names_that_look_like_slips_are_said(void **state)
{
    static const struct {
        const char *text, *code, *at, *words;
    } rows[] = {
        {HEAD "A1,PTEN,WT,mimic,miR-21,\nA2,PTEN,WT,mimic,mir21,\n", "map-names-alike", "3:5",
         "mirna: \"miR-21\" (2:5) and \"mir21\" (3:5)"},
        {HEAD "A1,PTEN,WT,mimic,miR-21,\nA2,PTEN,WT,mimic,miR-21 ,\n", "map-names-alike", "3:5",
         "\"miR-21\" (2:5) and \"miR-21 \" (3:5) differ only by spaces at an end"},
        {HEAD "A1,PTEN,WT,scr,,\nA2,PTNE,WT,scr,,\n", "map-names-alike", "3:2",
         "target: \"PTEN\" (2:2) and \"PTNE\" (3:2)"},
        {HEAD "A1,Pten,WT,scr,,\nA2,PTEN,WT,scr,,\n", "map-names-alike", "3:2",
         "\"Pten\" (2:2) and \"PTEN\" (3:2)"},
        {HEAD "A1,HMGA2,WT,mimic,let-7a,\nA2,HMGA2,WT,mimic,let\xE2\x80\x91"
              "7a,\n",
         "map-names-alike", "3:5", "let-7a"},
        {HEAD "A1,PTEN,MUTa,scr,,\nA2,PTEN,MUTA,scr,,\n", "map-names-alike", "3:3",
         "construct: \"MUTa\" (2:3) and \"MUTA\" (3:3)"},
        {HEAD "A1,PTEN,mutnat,scr,,\nA2,PTEN,WT,scr,,\n", "map-mutant-slip", "2:3",
         "\"mutnat\" is read as a mutant of that name"},
        {HEAD "A1,2-Sep,WT,scr,,\nA2,2-Sep,WT,scr,,\n", "map-date-for-name", "2:2",
         "target: expected a name, found a date (2-Sep) in 2 cells"},
        {HEAD "A1,Mar-01,WT,scr,,\n", "map-date-for-name", "2:2", "SEPT2"},
        {HEAD "A1,2024-09-02,WT,scr,,\n", "map-date-for-name", "2:2", "2024-09-02"},
        {HEAD "A1,PTEN,,mimic,,\nA2,PTEN,WT,scr,,\n", "map-no-construct", "2:4",
         "1 well has a treatment and no construct"},
        {"construct,1,2,3\nA,WT,,\n" TREATMENTS, "map-no-construct", "4:3", "is left unused"},
        {"construct,1,2,3\nA,WT,MUT,,MUT\n" TREATMENTS, "map-cells-beside", "2:5",
         "1 cell beside the blocks is not read; the first holds \"MUT\""},
        {"made on Monday\n\nconstruct,1,2,3\nA,WT,MUT,\n" TREATMENTS, "map-cells-outside", "1:1",
         "\"made on Monday\""},
        {"construct,1,2,3\nA,WT,MUT,\n" TREATMENTS "\n,1,2,3\nA,1,1,2\n", "map-block-not-read",
         "6:1", "a block of numbers without a name"},
        {"construct,1,2,3\nA,WT,MUT,\n" TREATMENTS "firefly,1,2,3\nA,10,10,20\n",
         "map-block-of-light", "5:1", "no part of the map"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        reading r = read_map(rows[i].text);
        if (r.status != DLU_OK)
            fail_msg("row %zu: %s", i, r.err.text);
        const dlu_message *m = said(r.log, rows[i].code);
        if (!m || strcmp(m->at, rows[i].at) || !strstr(m->text, rows[i].words))
            fail_msg("row %zu: %s %s", i, m ? m->at : "not said", m ? m->text : "");
        reading_free(&r);
    }
}

static void names_that_differ_are_left_alone(void **state)
{
    static const char *const rows[] = {
        HEAD "A1,SPRY1,WT,scr,,\nA2,SPRY2,WT,scr,,\n",
        HEAD "A1,PTEN,WT,mimic,miR-21,\nA2,PTEN,WT,mimic,miR-12,\n",
        HEAD "A1,PTEN,WT,mimic,miR-1-1,\nA2,PTEN,WT,mimic,miR-11,\n",
        HEAD "A1,PTEN,WT,mimic,miR-17-5p,\nA2,PTEN,WT,mimic,miR-175p,\n",
        HEAD "A1,PTEN,WT,mimic,let-7a,\nA2,PTEN,WT,mimic,let-7b,\n",
        HEAD "A1,PTEN,WT,scr,NC,\nA2,PTEN,WT,scr,nc,\nA3,PTEN,WT,scr,n.c.,\n",
        HEAD "A1,CDKN1A,MUT1,scr,,\nA2,CDKN1A,MUT2,scr,,\nA3,CDKN1B,mut 1,scr,,\n",
        HEAD "A1,PTEN,wt,scr,,a-1\nA2,PTEN,WT,SCR,,A1\n",
        "well,construct,treatment,replicate,day,dose\nA1,WT,scr,a,d-1,1\nA2,WT,scr,A,D1,1.0\n",
        "plate,well,construct,treatment\nday1,A1,WT,scr\nDay-1,A1,WT,scr\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        reading r = read_map(rows[i]);
        assert_int_equal(r.status, DLU_OK);
        if (dlu_messages_count(r.log))
            fail_msg("row %zu: %s", i, dlu_messages_get(r.log, 0)->text);
        reading_free(&r);
    }
}

static void signs_at_the_front_stay_text(void **state)
{
    reading r = read_map(HEAD "A1,=PTEN,WT,mimic,+21,-s\nA2,@PTEN,WT,mimic,-21,=1+1\n");
    (void)state;
    assert_int_equal(r.status, DLU_OK);
    assert_string_equal(row_of(&r, NULL, "A1")->target, "=PTEN");
    assert_string_equal(row_of(&r, NULL, "A1")->mirna, "+21");
    assert_string_equal(row_of(&r, NULL, "A1")->sample, "-s");
    assert_string_equal(row_of(&r, NULL, "A2")->target, "@PTEN");
    assert_string_equal(row_of(&r, NULL, "A2")->mirna, "-21");
    assert_string_equal(row_of(&r, NULL, "A2")->sample, "=1+1");
    assert_int_equal(dlu_messages_count(r.log), 0);
    reading_free(&r);
}

#define COUNTED "well,construct,treatment,replicate\n"

static void counted_neighbours_are_said(void **state)
{
    static const struct {
        const char *text, *words; /* NULL: nothing is said */
    } rows[] = {
        {COUNTED "A1,WT,scr,1\nA2,WT,scr,2\nA3,WT,scr,3\n",
         "A1 to A3: read as 3 separate transfections; if these are wells of one, drop the column"},
        {COUNTED "A1,WT,scr,1\nB1,WT,scr,2\nA2,WT,mimic,1\nB2,WT,mimic,2\n",
         "; 2 arms are numbered so: read as 2 separate transfections"},
        {"replicate,1,2,3\nA,1,2,\nconstruct,1,2,3\nA,WT,WT,\ntreatment,1,2,3\nA,scr,scr,\n",
         "replicate numbers 1 to 2 on the neighbouring wells A1 to A2"},
        {COUNTED "A1,WT,scr,1\nA2,WT,scr,1\nA3,WT,scr,2\nA4,WT,scr,2\n", NULL},
        {COUNTED "A1,WT,scr,1\nC1,WT,scr,2\nE1,WT,scr,3\n", NULL},
        {COUNTED "A1,WT,scr,1\nA2,WT,mimic,1\nA3,MUT,scr,1\n", NULL},
        {"plate,well,construct,treatment,replicate\np1,A1,WT,scr,1\np2,A2,WT,scr,2\n", NULL},
        {COUNTED "A1,WT,scr,a\nA2,WT,scr,b\n", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        reading r = read_map(rows[i].text);
        assert_int_equal(r.status, DLU_OK);
        const dlu_message *m = said(r.log, "map-replicates-neighbours");
        if (!m != !rows[i].words || (m && !strstr(m->text, rows[i].words)))
            fail_msg("row %zu: %s", i, m ? m->text : "nothing was said");
        reading_free(&r);
    }
}

static void blocks_come_from_the_column_asked_for(void **state)
{
    static const char text[] = "construct,1,2,3\nA,WT,,\ntreatment,1,2,3\nA,scr,,\n"
                               "day,1,2,3\nA,d1,,\nincubator,1,2,3\nA,left,,\n";
    reading r = read_named("map.csv", text, "incubator");
    (void)state;
    assert_int_equal(r.status, DLU_OK);
    assert_string_equal(row_of(&r, NULL, "A1")->block, "left");
    reading_free(&r);
    r = read_named("map.csv", text, "freezer");
    assert_int_equal(r.status, DLU_E_INPUT);
    assert_string_equal(r.err.code, "map-no-block-column");
    reading_free(&r);
}

/* ---- templates ---- */

static dlu_map_plan plan_of(const char *design, unsigned plates, unsigned replicates)
{
    dlu_map_plan plan;
    dlu_map_plan_default(&plan);
    plan.design = design;
    plan.plates = plates;
    plan.replicates = replicates;
    plan.targets = "PTEN,PDCD4";
    plan.mirna = "miR-21";
    return plan;
}

static reading made(const dlu_map_plan *plan, dlu_map_shape shape)
{
    dlu_map_template *map;
    dlu_bytes bytes;
    dlu_error err;
    if (dlu_map_template_new(plan, &map, &err) != DLU_OK)
        fail_msg("%s", err.text);
    assert_int_equal(dlu_map_template_csv(map, shape, &bytes, &err), DLU_OK);
    reading r = read_map(bytes.bytes);
    if (r.status != DLU_OK)
        fail_msg("%s", r.err.text);
    dlu_bytes_free(&bytes);
    dlu_map_template_free(map);
    return r;
}

static size_t count_arm(const reading *r, const char *target, const char *construct,
                        const char *treatment)
{
    size_t n = 0;
    for (size_t i = 0; i < r->map->n_rows; i++) {
        const dlu_map_row *row = &r->map->rows[i];
        n += row->construct && !strcmp(row->construct, construct) &&
             !strcmp(row->treatment, treatment) &&
             (target ? row->target && !strcmp(row->target, target) : !row->target);
    }
    return n;
}

static void templates_hold_what_was_asked_for(void **state)
{
    static const unsigned sizes[] = {96, 384, 1536};
    (void)state;
    for (size_t i = 0; i < 6; i++) {
        dlu_map_plan plan = plan_of("wt,mut,empty x scr,mimic", 2, 2);
        plan.wells = sizes[i / 2];
        reading r = made(&plan, i % 2 ? DLU_MAP_GRID : DLU_MAP_LONG);
        assert_int_equal(r.map->grid, i % 2);
        assert_int_equal(r.map->n_rows, 2 * (10 * 2 * 3 + 3));
        assert_int_equal(count_arm(&r, "PTEN", "WT", "mimic"), 12);
        assert_int_equal(count_arm(&r, "PDCD4", "MUT", "scramble"), 12);
        assert_int_equal(count_arm(&r, NULL, "EMPTY", "mimic"), 12);
        assert_true(r.map->has_plate);
        assert_true(r.map->has_replicate);
        assert_string_equal(r.map->rows[0].plate, "plate1");
        reading_free(&r);
    }
}

static void seeds_give_one_order_each(void **state)
{
    size_t same = 0, moved = 0;
    dlu_map_plan plan = plan_of("wt,mut x scr,mimic", 2, 1);
    (void)state;
    plan.randomise = true;
    plan.seed = 7;
    reading a = made(&plan, DLU_MAP_LONG), b = made(&plan, DLU_MAP_GRID);
    plan.seed = 8;
    reading c = made(&plan, DLU_MAP_LONG);
    for (size_t i = 0; i < a.map->n_rows; i++) {
        const dlu_map_row *x = &a.map->rows[i], *y = &b.map->rows[i], *z = &c.map->rows[i];
        same_text(x->construct, y->construct, "construct");
        same_text(x->target, y->target, "target");
        assert_int_equal(x->well, y->well);
        same += x->role == z->role && (!x->construct || !strcmp(x->construct, z->construct));
        moved +=
            i < a.map->n_rows / 2 && a.map->rows[i].role != a.map->rows[i + a.map->n_rows / 2].role;
    }
    assert_true(same < a.map->n_rows); /* another seed, another order */
    assert_true(moved > 0);            /* and another order on each plate */
    assert_int_equal(count_arm(&a, "PTEN", "WT", "mimic"), 6);
    reading_free(&a);
    reading_free(&b);
    reading_free(&c);
}

static void the_rim_stays_free_where_there_is_room(void **state)
{
    dlu_map_plan plan = plan_of("wt,mut x scr,mimic", 1, 1);
    reading r = made(&plan, DLU_MAP_LONG);
    (void)state;
    for (size_t i = 0; i < r.map->n_rows; i++) {
        dlu_well w = r.map->rows[i].well;
        assert_in_range(w >> 8, 1, 6);
        assert_in_range(w & 0xFF, 1, 10);
    }
    reading_free(&r);
    plan.wells_each = 11; /* 8 arms of 11 and 3 blanks: 91 of 96 wells */
    r = made(&plan, DLU_MAP_LONG);
    assert_int_equal(r.map->n_rows, 91);
    reading_free(&r);
}

static void plans_are_refused_in_words(void **state)
{
    static const struct {
        const char *design, *targets, *mirna;
        unsigned wells, wells_each;
        const char *code, *words;
    } rows[] = {
        {"wt,mut", "A", "m", 96, 3, "plan-no-cross", "found \"wt,mut\""},
        {"wt,mtu x scr", "A", "m", 96, 3, "plan-unknown-word", "found \"mtu\""},
        {"wt x mock", "A", "m", 96, 3, "plan-unknown-word", "found \"mock\""},
        {"wt,wildtype x scr", "A", "m", 96, 3, "plan-doubled-name", "found WT twice"},
        {"wt x scr", "A,A", "m", 96, 3, "plan-doubled-name", "targets: expected each name once"},
        {"wt x scr", "A,,B", "m", 96, 3, "plan-empty-name", "found an empty one in \"A,,B\""},
        {"wt x scr,mimic", "A", "", 96, 3, "plan-empty-name", "mirna"},
        {"wt x scr", "A", "m", 95, 3, "plan-size", "expected 96, 384 or 1536, found 95"},
        {"wt x scr", "A", "m", 96, 0, "plan-number", "wells: expected 1 to 100, found 0"},
        {"wt,mut x scr,mimic", "A,B,C", "m", 96, 9, "plan-does-not-fit",
         "12 arms of 1 x 9 wells and 3 blanks need 111 wells; the plate has 96"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dlu_map_template *map;
        dlu_error err;
        dlu_map_plan plan;
        dlu_map_plan_default(&plan);
        plan.design = rows[i].design;
        plan.targets = rows[i].targets;
        plan.mirna = rows[i].mirna;
        plan.wells = rows[i].wells;
        plan.wells_each = rows[i].wells_each;
        assert_int_equal(dlu_map_template_new(&plan, &map, &err), DLU_E_USAGE);
        assert_null(map);
        if (strcmp(err.code, rows[i].code) || !strstr(err.text, rows[i].words))
            fail_msg("row %zu: %s: %s", i, err.code, err.text);
    }
}

/* ---- checks ---- */

typedef struct checked {
    dlu_status status;
    dlu_map_check *check;
    dlu_messages *log;
    dlu_error err;
} checked;

static checked check_text(const char *text)
{
    dlu_source source = {.name = "map.csv", .bytes = text, .n_bytes = strlen(text)};
    dlu_settings settings;
    checked c = {.log = dlu_messages_new()};
    dlu_settings_default(&settings);
    c.status = dlu_map_check_new(&source, NULL, &settings, &c.check, c.log, &c.err);
    return c;
}

static void checked_free(checked *c)
{
    dlu_map_check_free(c->check);
    dlu_messages_free(c->log);
}

#define ARMS    "C3,PTEN,WT,mimic,m,\nC4,PTEN,WT,scr,,\nD3,PTEN,MUT,mimic,m,\nD4,PTEN,MUT,scr,,\n"
#define CHECKED "well,target,construct,treatment,mirna,role\n"
#define BLANKS  "G1,,,,,blank\nG2,,,,,blank\nG3,,,,,blank\n"

static void checks_name_what_is_missing(void **state)
{
    static const struct {
        const char *text, *code, *words;
    } rows[] = {
        {CHECKED "C3,PTEN,WT,mimic,m,\nC4,PTEN,WT,scr,,\n" BLANKS, "map-check-no-mutant",
         "PTEN | m | mimic | no mutant"},
        {CHECKED "C3,PTEN,WT,mimic,m,\nC4,PTEN,WT,scr,,\nD3,PTEN,MUT,mimic,m,\n" BLANKS,
         "map-check-no-arm", "no wells of PTEN MUT with scramble"},
        {CHECKED ARMS, "map-check-no-blank", "the plate: no blank wells"},
        {CHECKED ARMS "G1,,,,,blank\n", "map-check-few-blanks", "3 blank wells or more, found 1"},
        {CHECKED ARMS "G1,,,,,blank-buffer\n", "map-check-buffer-blank", "wells without cells"},
        {CHECKED ARMS "C5,PTEN,WT,mimic,m,\n" BLANKS, "map-check-unequal",
         "WT with mimic 2, WT with scramble 1, MUT with mimic 1"},
        {CHECKED "A3,PTEN,WT,mimic,m,\nC4,PTEN,WT,scr,,\nD3,PTEN,MUT,mimic,m,\nD4,PTEN,MUT,scr,,\n",
         "map-check-edge",
         "1 of 4 arms stands only in the outermost wells, which dry out first: PTEN WT with mimic"},
        {"plate,well,construct,treatment,role\np1,C3,WT,mimic,\np1,C4,WT,scr,\np2,C3,WT,mimic,\n",
         "map-check-apart", "found some arms only on p2"},
        {"well,construct,treatment,use\nC3,WT,mimic,\nC4,WT,scr,0\n", "map-check-no-arm",
         "all wells of WT with scramble are left out"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        checked c = check_text(rows[i].text);
        if (c.status != DLU_OK)
            fail_msg("row %zu: %s", i, c.err.text);
        const dlu_message *m = said(c.log, rows[i].code);
        if (!m || !strstr(m->text, rows[i].words))
            fail_msg("row %zu: %s", i, m ? m->text : "not said");
        checked_free(&c);
    }
}

static void a_sound_map_passes_without_a_word(void **state)
{
    dlu_map_template *map;
    dlu_bytes bytes;
    dlu_error err;
    dlu_map_plan plan = plan_of("wt,mut,empty x scr,mimic", 3, 1);
    (void)state;
    assert_int_equal(dlu_map_template_new(&plan, &map, &err), DLU_OK);
    assert_int_equal(dlu_map_template_csv(map, DLU_MAP_GRID, &bytes, &err), DLU_OK);
    checked c = check_text(bytes.bytes);
    assert_int_equal(c.status, DLU_OK);
    if (dlu_messages_count(c.log))
        fail_msg("%s", dlu_messages_get(c.log, 0)->text);
    assert_int_equal(c.check->n_plates, 3);
    assert_int_equal(c.check->n_arms, 10);
    assert_int_equal(c.check->n_design, 2);
    assert_int_equal(strncmp(c.check->design[0].text, "blocked: 3 plates", 17), 0);
    for (size_t i = 0; i < c.check->n_arms; i++) {
        assert_int_equal(c.check->arms[i].n_wells, 9);
        assert_int_equal(c.check->arms[i].n_units, 3);
        assert_int_equal(c.check->arms[i].n_plates, 3);
    }
    checked_free(&c);
    dlu_bytes_free(&bytes);
    dlu_map_template_free(map);
}

static void designs_are_those_of_the_analysis(void **state)
{
    static const struct {
        const char *text, *one, *three;
    } rows[] = {
        {CHECKED ARMS "C5,PTEN,WT,mimic,m,\nC6,PTEN,WT,scr,,\nD5,PTEN,MUT,mimic,m,\n"
                      "D6,PTEN,MUT,scr,,\n",
         "technical-only", "blocked"},
        {CHECKED ARMS, "unblocked", "blocked"},
        {"well,construct,treatment,day\nC3,WT,mimic,1\nC4,WT,scr,1\nC5,MUT,mimic,1\nC6,MUT,scr,1\n"
         "D3,WT,mimic,2\nD4,WT,scr,2\nD5,MUT,mimic,2\nD6,MUT,scr,2\n",
         "blocked", "blocked"},
        {CHECKED "C3,PTEN,WT,mimic,m,\n", "none", "none"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        checked c = check_text(rows[i].text);
        assert_int_equal(c.status, DLU_OK);
        assert_int_equal(c.check->n_design, 1);
        assert_int_equal(c.check->n_design_of_three, 1);
        if (strncmp(c.check->design[0].text, rows[i].one, strlen(rows[i].one)) ||
            strncmp(c.check->design_of_three[0].text, rows[i].three, strlen(rows[i].three)))
            fail_msg("row %zu: %s; %s", i, c.check->design[0].text,
                     c.check->design_of_three[0].text);
        checked_free(&c);
    }
}

static void a_table_with_light_is_its_own_plate(void **state)
{
    checked c = check_text("sample,construct,treatment,firefly,renilla\n"
                           "a,WT,mimic,100,100\nb,WT,scr,200,100\nc,WT,scr,210,100\n");
    (void)state;
    if (c.status != DLU_OK)
        fail_msg("%s", c.err.text);
    assert_int_equal(c.check->n_plates, 1);
    assert_int_equal(c.check->plates[0].n_wells, 3);
    assert_int_equal(c.check->plates[0].n_rows, 0);
    checked_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_forms_say_the_same),
        cmocka_unit_test(grids_are_found_however_they_lie),
        cmocka_unit_test(maps_are_refused_with_the_cell),
        cmocka_unit_test(slips_of_known_words_are_answered),
        cmocka_unit_test(slips_of_one_letter_are_read_and_said),
        cmocka_unit_test(names_that_look_like_slips_are_said),
        cmocka_unit_test(names_that_differ_are_left_alone),
        cmocka_unit_test(signs_at_the_front_stay_text),
        cmocka_unit_test(counted_neighbours_are_said),
        cmocka_unit_test(blocks_come_from_the_column_asked_for),
        cmocka_unit_test(templates_hold_what_was_asked_for),
        cmocka_unit_test(seeds_give_one_order_each),
        cmocka_unit_test(the_rim_stays_free_where_there_is_room),
        cmocka_unit_test(plans_are_refused_in_words),
        cmocka_unit_test(checks_name_what_is_missing),
        cmocka_unit_test(a_sound_map_passes_without_a_word),
        cmocka_unit_test(designs_are_those_of_the_analysis),
        cmocka_unit_test(a_table_with_light_is_its_own_plate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
