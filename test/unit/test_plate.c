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
        dlu_source source = {files[a.n].name, files[a.n].text, strlen(files[a.n].text)};
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
        {two, {NULL, NULL, NULL}, "firefly,renilla"},
        {two, {"firefly", "renilla", NULL}, "firefly,renilla"},
        {two, {"renilla", "firefly", NULL}, "firefly,renilla"},
        {two, {"nanoluc", "firefly", NULL}, "firefly,nanoluc"},
        {two, {"firefly", "gluc", NULL}, "firefly,gluc"},
        {two, {"firefly", "renilla", "1=renilla,2=firefly"}, "renilla,firefly"},
        {two, {"firefly", "renilla", "2=FF, 1 = RL"}, "renilla,firefly"},
        {two, {NULL, NULL, "2=cells"}, "?,cells"},
        {three, {"firefly", "renilla", "1=firefly,3=renilla"}, "firefly,?,renilla"},
        {three, {NULL, NULL, NULL}, "?,?,?"},
        {named, {"firefly", "renilla", NULL}, "renilla,firefly"},
        {named, {"firefly", "renilla", "1=firefly,2=renilla"}, "firefly,renilla"},
        {half, {"firefly", "renilla", NULL}, "renilla,firefly"},
        {nano, {"nanoluc", "firefly", NULL}, "nanoluc,firefly"},
        {one, {NULL, NULL, NULL}, "?"},
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
         {"firefly", "renilla", NULL},
         DLU_E_INPUT,
         "channel-missing",
         "expected one read of the reporter channel (firefly), found 0; its reads: 1"},
        {three, {"firefly", "renilla", NULL}, DLU_E_INPUT, "channel-missing", "its reads: 1, 2, 3"},
        {named,
         {"nanoluc", "firefly", NULL},
         DLU_E_INPUT,
         "channel-missing",
         "1 \"Renilla\" (renilla), 2 \"Firefly\" (firefly)"},
        {two, {"renilla", "nanoluc", NULL}, DLU_E_INPUT, "channel-missing", "(renilla), found 0"},
        {two,
         {NULL, NULL, "3=firefly"},
         DLU_E_INPUT,
         "channels-number",
         "expected read 3 for channel firefly, found only 2 reads"},
        {two,
         {NULL, NULL, "1=firefly,1=renilla"},
         DLU_E_USAGE,
         "channels-twice",
         "expected each read"},
        {two, {NULL, NULL, "1=firefly,2=FF"}, DLU_E_USAGE, "channels-twice", "expected each read"},
        {two, {NULL, NULL, "firefly"}, DLU_E_USAGE, "channels-form", "found \"firefly\""},
        {two, {NULL, NULL, "0=firefly"}, DLU_E_USAGE, "channels-form", "found \"0=firefly\""},
        {two, {NULL, NULL, "1="}, DLU_E_USAGE, "channels-form", "found \"1=\""},
        {two, {NULL, NULL, ""}, DLU_E_USAGE, "channels-form", "found \"\""},
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
                           &(dlu_channel_choice){"firefly", "renilla", NULL});
    assert_int_equal(a.status, DLU_OK);
    assert_int_equal(a.plates->n_plates, 3);
    static const char *const names[] = {"P1", "P2", "f2"};
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(a.plates->plates[i].name, names[i]);
        assert_string_equal(channels_of(&a.plates->plates[i], buf, sizeof buf), "firefly,renilla");
    }
    assert_string_equal(a.plates->plates[2].file, "f2.csv");
    assert_string_equal(a.plates->plates[2].reads[1].readings[0].at.file, "r2.csv");
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
        cmocka_unit_test(readings_stand_row_by_row),
        cmocka_unit_test(values_print_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
