/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <dualuc/import.h>

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define MAX_FILES   6u

typedef struct file {
    const char *name, *text, *channel;
} file;

typedef struct assembled {
    dlu_import *imports[MAX_FILES];
    size_t n;
    dlu_plates *plates;
    dlu_messages *log;
    dlu_status status;
    dlu_error err;
} assembled;

static assembled assemble(const file *files, const dlu_channel_choice *choice)
{
    assembled a = {.log = dlu_messages_new()};
    const char *channel_of[MAX_FILES];
    const dlu_import *imports[MAX_FILES];
    for (; a.n < MAX_FILES && files[a.n].name; a.n++) {
        dlu_source source = {
            .name = files[a.n].name, .bytes = files[a.n].text, .n_bytes = strlen(files[a.n].text)};
        if (dlu_import_read(&source, NULL, &a.imports[a.n], a.log, &a.err))
            fail_msg("%s: %s", files[a.n].name, a.err.text);
        imports[a.n] = a.imports[a.n];
        channel_of[a.n] = files[a.n].channel;
    }
    a.status = dlu_plates_assemble(imports, channel_of, a.n, choice, &a.plates, a.log, &a.err);
    assert_int_equal(a.status == DLU_OK, a.plates != NULL);
    /* The answer must not live off the imports. */
    for (size_t i = 0; i < a.n; i++)
        dlu_import_free(a.imports[i]);
    return a;
}

static void close_all(assembled *a)
{
    dlu_plates_free(a->plates);
    dlu_messages_free(a->log);
}

static bool said(const assembled *a, const char *code)
{
    for (size_t i = 0; i < dlu_messages_count(a->log); i++)
        if (!strcmp(dlu_messages_get(a->log, i)->code, code))
            return true;
    return false;
}

/* Channels of a plate's reads, "firefly,renilla,?". */
static const char *channels_of(const dlu_plate *plate, char *buf, size_t size)
{
    size_t n = 0;
    buf[0] = '\0';
    for (size_t i = 0; i < plate->n_reads && n < size; i++) {
        const char *channel = plate->reads[i].channel;
        n += (size_t)snprintf(buf + n, size - n, "%s%s", i ? "," : "", channel ? channel : "?");
        assert_int_equal(channel != NULL, strlen(plate->reads[i].channel_why) > 0);
    }
    return buf;
}

static const char one[] = ",1,2,3\nA,1,2,4\n";
static const char two[] = ",1,2,3\nA,1,2,4\n\n,1,2,3\nA,5,6,7\n";
static const char three[] = ",1,2,3\nA,1,2,4\n\n,1,2,3\nA,5,6,7\n\n,1,2,3\nA,8,9,9\n";
static const char named[] = "Renilla,1,2,3\nA,1,2,4\n\nFirefly,1,2,3\nA,5,6,7\n";
static const char half[] = "Renilla,1,2,3\nA,1,2,4\n\nlum,1,2,3\nA,5,6,7\n";
static const char nano[] = "NLuc,1,2,3\nA,1,2,4\n\nFLuc,1,2,3\nA,5,6,7\n";
static const char p1[] = "P1\tA1\t1\nP1\tA2\t2\nP1\tA3\t3\n";
static const char p1_p2[] = "P1\tA1\t1\nP1\tA2\t2\nP2\tA1\t3\n";

static void channels_come_from_labels_order_or_choice(void **state)
{
    static const struct {
        const char *text;
        dlu_channel_choice choice;
        const char *channels;
    } rows[] = {
        {two, {NULL, NULL, NULL, NULL}, "firefly,renilla"},
        {two, {"firefly", "renilla", NULL, NULL}, "firefly,renilla"},
        {two, {"renilla", "firefly", NULL, NULL}, "firefly,renilla"},
        {two, {"nanoluc", "firefly", NULL, NULL}, "firefly,nanoluc"},
        {two, {"firefly", "gluc", NULL, NULL}, "firefly,gluc"},
        {two, {"firefly", "renilla", "1=renilla,2=firefly", NULL}, "renilla,firefly"},
        {two, {"firefly", "renilla", "2=FF, 1 = RL", NULL}, "renilla,firefly"},
        {two, {NULL, NULL, "2=cells", NULL}, "?,cells"},
        {three, {"firefly", "renilla", "1=firefly,3=renilla", NULL}, "firefly,?,renilla"},
        {three, {NULL, NULL, NULL, NULL}, "?,?,?"},
        {named, {"firefly", "renilla", NULL, NULL}, "renilla,firefly"},
        {named, {"firefly", "renilla", "1=firefly,2=renilla", NULL}, "firefly,renilla"},
        {half, {"firefly", "renilla", NULL, NULL}, "renilla,firefly"},
        {nano, {"nanoluc", "firefly", NULL, NULL}, "nanoluc,firefly"},
        {one, {NULL, NULL, NULL, NULL}, "?"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char buf[200];
        assembled a = assemble((file[]){{"a.csv", rows[i].text, NULL}, {0}}, &rows[i].choice);
        if (a.status)
            fail_msg("row %zu: %s", i, a.err.text);
        if (strcmp(channels_of(&a.plates->plates[0], buf, sizeof buf), rows[i].channels))
            fail_msg("row %zu: expected %s, found %s", i, rows[i].channels, buf);
        close_all(&a);
    }
}

static void a_choice_that_fits_no_read_is_refused(void **state)
{
    static const struct {
        const char *text;
        dlu_channel_choice choice;
        dlu_status status;
        const char *code, *words;
    } rows[] = {
        {one,
         {"firefly", "renilla", NULL, NULL},
         DLU_E_INPUT,
         "channel-missing",
         "expected one read of the reporter channel (firefly), found 0; its reads: 1"},
        {three,
         {"firefly", "renilla", NULL, NULL},
         DLU_E_INPUT,
         "channel-missing",
         "its reads: 1, 2, 3"},
        {named,
         {"nanoluc", "firefly", NULL, NULL},
         DLU_E_INPUT,
         "channel-missing",
         "1 \"Renilla\" (renilla), 2 \"Firefly\" (firefly)"},
        {two,
         {"renilla", "nanoluc", NULL, NULL},
         DLU_E_INPUT,
         "channel-missing",
         "(renilla), found 0"},
        {two,
         {NULL, NULL, "3=firefly", NULL},
         DLU_E_INPUT,
         "channels-number",
         "expected read 3 for channel firefly, found only 2 reads"},
        {two,
         {NULL, NULL, "1=firefly,1=renilla", NULL},
         DLU_E_USAGE,
         "channels-twice",
         "expected each read"},
        {two,
         {NULL, NULL, "1=firefly,2=FF", NULL},
         DLU_E_USAGE,
         "channels-twice",
         "expected each read"},
        {two, {NULL, NULL, "firefly", NULL}, DLU_E_USAGE, "channels-form", "found \"firefly\""},
        {two, {NULL, NULL, "0=firefly", NULL}, DLU_E_USAGE, "channels-form", "found \"0=firefly\""},
        {two, {NULL, NULL, "1=", NULL}, DLU_E_USAGE, "channels-form", "found \"1=\""},
        {two, {NULL, NULL, "", NULL}, DLU_E_USAGE, "channels-form", "found \"\""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        assembled a = assemble((file[]){{"a.csv", rows[i].text, NULL}, {0}}, &rows[i].choice);
        if (a.status != rows[i].status || strcmp(a.err.code, rows[i].code) ||
            !strstr(a.err.text, rows[i].words))
            fail_msg("row %zu: expected %s with \"%s\", found %s: %s", i, rows[i].code,
                     rows[i].words, a.status ? a.err.code : "nothing", a.err.text);
        close_all(&a);
    }
}

static void unnamed_reads_are_told_once(void **state)
{
    (void)state;
    assembled a = assemble((file[]){{"a.csv", two, NULL}, {"b.csv", two, NULL}, {0}}, NULL);
    size_t n = 0;
    for (size_t i = 0; i < dlu_messages_count(a.log); i++)
        n += !strcmp(dlu_messages_get(a.log, i)->code, "channels-by-order");
    assert_int_equal(n, 1);
    close_all(&a);
    a = assemble((file[]){{"a.csv", named, NULL}, {0}}, NULL);
    assert_false(said(&a, "channels-by-order"));
    close_all(&a);
}

static void plates_get_names_of_their_own(void **state)
{
    static const struct {
        file files[MAX_FILES];
        const char *names; /* joined by | */
        bool warned;
    } rows[] = {
        {{{"x/day1.csv", two, NULL}, {0}}, "day1", false},
        {{{"x/day.1.csv", two, NULL}, {0}}, "day.1", false},
        {{{"x/.hidden", two, NULL}, {0}}, ".hidden", false},
        {{{"x\\day1.csv", two, NULL}, {0}}, "day1", false},
        {{{"day1.txt", p1, NULL}, {0}}, "P1", false},
        {{{"day1.txt", p1, NULL}, {"day2.txt", p1, NULL}, {0}}, "day1|day2", false},
        {{{"day1.txt", p1_p2, NULL}, {0}}, "P1|P2", false},
        {{{"day1.txt", p1_p2, NULL}, {"day2.txt", p1, NULL}, {0}}, "day1#1|P2|day2", false},
        {{{"a/day1.csv", two, NULL}, {"b/day1.csv", two, NULL}, {0}}, "day1|day1 (2)", true},
        {{{"day1.csv", two, NULL}, {"P1.csv", two, NULL}, {"z.txt", p1, NULL}, {0}},
         "day1|P1|P1 (2)",
         true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char names[300] = "";
        assembled a = assemble(rows[i].files, NULL);
        assert_int_equal(a.status, DLU_OK);
        for (size_t k = 0; k < a.plates->n_plates; k++) {
            size_t n = strlen(names);
            snprintf(names + n, sizeof names - n, "%s%s", k ? "|" : "", a.plates->plates[k].name);
        }
        if (strcmp(names, rows[i].names))
            fail_msg("row %zu: expected %s, found %s", i, rows[i].names, names);
        assert_int_equal(said(&a, "plate-name-again"), rows[i].warned);
        close_all(&a);
    }
}

static void one_file_a_luciferase_makes_whole_plates(void **state)
{
    (void)state;
    char buf[100];
    assembled a = assemble((file[]){{"f1.txt", p1_p2, "firefly"},
                                    {"f2.csv", one, "firefly"},
                                    {"r1.txt", p1_p2, "renilla"},
                                    {"r2.csv", one, "renilla"},
                                    {0}},
                           &(dlu_channel_choice){"firefly", "renilla", NULL, NULL});
    assert_int_equal(a.status, DLU_OK);
    assert_int_equal(a.plates->n_plates, 3);
    static const char *const names[] = {"P1", "P2", "f2"};
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(a.plates->plates[i].name, names[i]);
        assert_string_equal(channels_of(&a.plates->plates[i], buf, sizeof buf), "firefly,renilla");
    }
    assert_string_equal(a.plates->plates[2].file, "f2.csv");
    assert_string_equal(a.plates->plates[2].reads[1].readings[0].origin->file, "r2.csv");
    close_all(&a);
}

static void files_that_do_not_pair_are_refused(void **state)
{
    static const char far[] = ",1,2,3\nH,1,2,4\n", more[] = ",1,2,3,4\nA,1,2,4,5\n";
    (void)state;
    assembled a = assemble((file[]){{"f", p1_p2, "firefly"}, {"r", p1, "renilla"}, {0}}, NULL);
    assert_string_equal(a.err.code, "channel-files-count");
    assert_non_null(strstr(a.err.text, "found 1 and 2"));
    close_all(&a);
    a = assemble((file[]){{"f", two, "firefly"}, {"r", one, "renilla"}, {0}}, NULL);
    assert_string_equal(a.err.code, "channel-file-reads");
    close_all(&a);
    a = assemble((file[]){{"f", one, "firefly"}, {"r", far, "renilla"}, {0}}, NULL);
    assert_string_equal(a.err.code, "channel-files-apart");
    close_all(&a);
    a = assemble((file[]){{"f", one, "firefly"}, {"r", more, "renilla"}, {0}}, NULL);
    assert_int_equal(a.status, DLU_OK);
    assert_true(said(&a, "channel-files-wells"));
    close_all(&a);
}

/* A kinetic file as "dualuc read" writes it: two reads at 0, 10 and 30 s. */
static const char kinetic[] = "well,read,label,time_s,value,state\n"
                              "A1,1,Luc,0,1,ok\nA2,1,Luc,0,5,ok\nA1,1,Luc,10,3,ok\n"
                              "A2,1,Luc,10,,overflow\nA1,1,Luc,30,2,ok\nA2,1,Luc,30,4,ok\n"
                              "A1,2,Ren,0,7,ok\nA2,2,Ren,0,9,ok\nA1,2,Ren,10,6,ok\n"
                              "A1,2,Ren,30,8,ok\nA2,2,Ren,30,8,ok\n";

/* "1,overflow": the values of a read. */
static const char *values_of(const dlu_read *read, char *buf, size_t size)
{
    size_t n = 0;
    char number[DLU_VALUE_TEXT_SIZE];
    buf[0] = '\0';
    for (size_t i = 0; i < read->n_readings && n < size; i++) {
        const dlu_reading *r = &read->readings[i];
        n += (size_t)snprintf(buf + n, size - n, "%s%s", i ? "," : "",
                              r->state ? dlu_read_state_name(r->state)
                                       : dlu_value_text(r->value, number));
    }
    return buf;
}

static void one_time_point_is_picked(void **state)
{
    static const struct {
        const char *time, *firefly, *renilla;
    } rows[] = {
        {"first", "1,5", "7,9"},
        {"10", "3,overflow", "6"},
        {"12.5", "3,overflow", "6"},
        {"30", "2,4", "8,8"},
        {"max", "3,overflow", "8,9"},
        /* (1 + 3) / 2 * 10 + (3 + 2) / 2 * 20; (7 + 6) / 2 * 10 + (6 + 8) / 2 * 20 */
        {"integral", "70,overflow", "205,missed"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char buf[200];
        dlu_channel_choice choice = {"firefly", "renilla", NULL, rows[i].time};
        assembled a = assemble((file[]){{"a.csv", kinetic, NULL}, {0}}, &choice);
        if (a.status)
            fail_msg("%s: %s", rows[i].time, a.err.text);
        assert_int_equal(a.plates->plates[0].n_reads, 2);
        assert_string_equal(values_of(&a.plates->plates[0].reads[0], buf, sizeof buf),
                            rows[i].firefly);
        assert_string_equal(values_of(&a.plates->plates[0].reads[1], buf, sizeof buf),
                            rows[i].renilla);
        assert_true(said(&a, "time-picked"));
        close_all(&a);
    }
}

static void kinetic_reads_get_channels_by_order(void **state)
{
    static const char unnamed[] = "well,read,time_s,value,state\nA1,1,0,1,ok\nA1,1,10,3,ok\n"
                                  "A1,2,0,7,ok\nA1,2,10,6,ok\n";
    char buf[200];
    (void)state;
    assembled a = assemble((file[]){{"a.csv", unnamed, NULL}, {0}}, NULL);
    assert_int_equal(a.status, DLU_OK);
    assert_string_equal(channels_of(&a.plates->plates[0], buf, sizeof buf),
                        "firefly,firefly,renilla,renilla");
    const dlu_message *note = dlu_messages_get(a.log, dlu_messages_count(a.log) - 1);
    assert_non_null(strstr(note->text, "taken for firefly, the second for renilla"));
    close_all(&a);
}

static void time_points_are_never_guessed(void **state)
{
    static const struct {
        const char *text, *time, *code, *words;
    } rows[] = {
        {kinetic, NULL, "time-points", "(firefly), found 3, from 0 s to 30 s"},
        {kinetic, "41", "time-outside", "between 0 and 30"},
        {kinetic, "-1", "time-form", "found \"-1\""},
        {kinetic, "last", "time-form", "first, max or integral"},
        {two, "last", "time-form", "first, max or integral"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        dlu_channel_choice choice = {"firefly", "renilla", NULL, rows[i].time};
        assembled a = assemble((file[]){{"a.csv", rows[i].text, NULL}, {0}}, &choice);
        assert_int_not_equal(a.status, DLU_OK);
        assert_string_equal(a.err.code, rows[i].code);
        assert_non_null(strstr(a.err.text, rows[i].words));
        close_all(&a);
    }
    dlu_channel_choice choice = {"firefly", "renilla", NULL, "first"};
    assembled a = assemble((file[]){{"a.csv", two, NULL}, {0}}, &choice);
    assert_int_equal(a.status, DLU_OK);
    assert_true(said(&a, "time-unused"));
    close_all(&a);
}

static void files_are_paired_by_their_names(void **state)
{
    static const struct {
        const char *names[4]; /* files of one read each */
        const char *channels; /* of the first plate */
        size_t n_plates;
    } rows[] = {
        {{"d/day1_fluc.csv", "d/day1_nluc.csv"}, "firefly,nanoluc", 1},
        {{"day1 Renilla.csv", "day1 Firefly.csv"}, "renilla,firefly", 1},
        {{"ff-1.csv", "rl-2.csv", "ff-2.csv", "rl-1.csv"}, "firefly,renilla", 2},
        {{"luc.csv", "ren.csv"}, "firefly,renilla", 1},
        {{"a/luc.csv", "b/ren.csv"}, "?", 2},
        {{"day1_fluc.csv", "day2_rluc.csv"}, "?", 2},
        {{"fluc.csv", "rluc.csv", "nluc.csv"}, "?", 3},
        {{"fluc_rluc_1.csv", "fluc_nluc_1.csv"}, "?", 2},
        {{"reflux.csv", "lucky.csv"}, "?", 2},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char buf[200];
        file files[5] = {{0}};
        for (size_t k = 0; k < 4 && rows[i].names[k]; k++)
            files[k] = (file){rows[i].names[k], one, NULL};
        assembled a = assemble(files, NULL);
        if (a.status)
            fail_msg("row %zu: %s", i, a.err.text);
        assert_int_equal(a.plates->n_plates, rows[i].n_plates);
        assert_string_equal(channels_of(&a.plates->plates[0], buf, sizeof buf), rows[i].channels);
        assert_int_equal(said(&a, "files-paired"), rows[i].channels[0] != '?');
        close_all(&a);
    }
    /* what the user says holds, and files of two reads are none of one luciferase */
    assembled a =
        assemble((file[]){{"fluc.csv", one, "renilla"}, {"rluc.csv", one, "firefly"}, {0}}, NULL);
    char buf[200];
    assert_string_equal(channels_of(&a.plates->plates[0], buf, sizeof buf), "renilla,firefly");
    close_all(&a);
    a = assemble((file[]){{"fluc.csv", two, NULL}, {"rluc.csv", two, NULL}, {0}}, NULL);
    assert_int_equal(a.plates->n_plates, 2);
    close_all(&a);
}

static void colour_and_fluorescence_are_no_light(void **state)
{
    static const char dark[] = "Absorbance\n,1,2,3\nA,1,2,4\n\nOD 600\n,1,2,3\nA,5,6,7\n";
    static const char mixed[] = "OD 600\n,1,2,3\nA,1,2,4\n\nLuminescence\n,1,2,3\nA,5,6,7\n\n"
                                "Lum\n,1,2,3\nA,8,9,9\n";
    dlu_channel_choice choice = {"firefly", "renilla", NULL, NULL};
    char buf[200];
    (void)state;
    assembled a = assemble((file[]){{"a.csv", dark, NULL}, {0}}, &choice);
    assert_int_equal(a.status, DLU_E_INPUT);
    assert_string_equal(a.err.code, "no-luminescence");
    assert_string_equal(a.err.text,
                        "plate a: expected luminescence, found 2 reads of absorbance alone");
    close_all(&a);
    a = assemble((file[]){{"a.csv", dark, NULL}, {0}}, NULL);
    assert_int_equal(a.status, DLU_OK);
    assert_string_equal(channels_of(&a.plates->plates[0], buf, sizeof buf), "?,?");
    close_all(&a);
    a = assemble((file[]){{"a.csv", mixed, NULL}, {0}}, &choice);
    assert_int_equal(a.status, DLU_OK);
    assert_string_equal(channels_of(&a.plates->plates[0], buf, sizeof buf), "?,firefly,renilla");
    close_all(&a);
}

static void readings_stand_row_by_row(void **state)
{
    (void)state;
    assembled a = assemble(
        (file[]){{"a.csv", "well,ff,rl\nB1,1,2\nA2,3,4\nA12,5,6\nA1,7,8\n", NULL}, {0}}, NULL);
    const dlu_read *read = &a.plates->plates[0].reads[0];
    assert_int_equal(read->n_readings, 4);
    for (size_t i = 1; i < read->n_readings; i++)
        assert_true(read->readings[i - 1].well < read->readings[i].well);
    assert_true(read->readings[0].value == 7);
    close_all(&a);
}

static void values_print_as_they_were(void **state)
{
    char buf[DLU_VALUE_TEXT_SIZE];
    (void)state;
    assert_string_equal(dlu_value_text(1639000, buf), "1639000");
    assert_string_equal(dlu_value_text(-0.1, buf), "-0.1");
    dlu_read a = {.label = "x", .has_time = true, .time_s = 1}, b = a, c = a;
    b.time_s = 2;
    c.has_time = false;
    assert_true(dlu_read_continues(&a, &b));
    assert_false(dlu_read_continues(&b, &a));
    assert_false(dlu_read_continues(&a, &c));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(channels_come_from_labels_order_or_choice),
        cmocka_unit_test(a_choice_that_fits_no_read_is_refused),
        cmocka_unit_test(unnamed_reads_are_told_once),
        cmocka_unit_test(plates_get_names_of_their_own),
        cmocka_unit_test(one_file_a_luciferase_makes_whole_plates),
        cmocka_unit_test(files_that_do_not_pair_are_refused),
        cmocka_unit_test(one_time_point_is_picked),
        cmocka_unit_test(kinetic_reads_get_channels_by_order),
        cmocka_unit_test(time_points_are_never_guessed),
        cmocka_unit_test(files_are_paired_by_their_names),
        cmocka_unit_test(colour_and_fluorescence_are_no_light),
        cmocka_unit_test(readings_stand_row_by_row),
        cmocka_unit_test(values_print_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
