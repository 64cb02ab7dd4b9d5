/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <dualuc/dualuc.h>

#include "base/say.h"
#include "seed/seed.h"
#include "simulate/random.h"

/* Sites against an independent check, alignments against the full table, and files of all forms. */

#define MIR_21 "UAGCUUAUCAGACUGAUGUUGA"

static dlu_mirna mirna_of(const char *text, dlu_arena *arena)
{
    dlu_mirna m;
    dlu_error err;
    if (dlu_mirna_from_text(text, "mir", NULL, arena, &m, &err))
        fail_msg("%s", err.text);
    return m;
}

static dlu_sequence sequence_of(const char *text, dlu_arena *arena)
{
    size_t n = strlen(text);
    uint8_t *sets = dlu_arena_alloc(arena, n + 1, 1);
    assert_non_null(sets);
    for (size_t i = 0; i < n; i++)
        sets[i] = dlu_base_set(text[i]);
    return (dlu_sequence){.name = "insert", .sets = sets, .n = n};
}

/* ---- sites ---- */

static void sites_have_type_and_place(void **state)
{
    static const struct {
        const char *target;
        const char *sites; /* of miR-21: "type from-to" */
    } rows[] = {
        {"CCCAUAAGCUACCC", "8mer 4-11"},
        {"CCCAUAAGCUCCCC", "7mer-m8 4-10"},
        {"CCCCUAAGCUACCC", "7mer-A1 5-11"},
        {"CCCCUAAGCUCCCC", "6mer 5-10"},
        {"CCCAUAAGCACCCC", "offset-6mer 4-9"},
        {"CCCATAAGCTACCC", "8mer 4-11"},
        {"cccauaagcuaccc", "8mer 4-11"},
        /* at the ends of the insert */
        {"AUAAGCUA", "8mer 1-8"},
        {"UAAGCUA", "7mer-A1 1-7"},
        {"AUAAGCU", "7mer-m8 1-7"},
        {"UAAGCU", "6mer 1-6"},
        {"AUAAGC", "offset-6mer 1-6"},
        {"AUAAG", ""},
        {"", ""},
        /* the A counts, not what m1 would pair with; no other base does */
        {"AUAAGCUG", "7mer-m8 1-7"},
        {"AUAAGCUU", "7mer-m8 1-7"},
        /* the 6mers inside a larger site are not sites of their own */
        {"AUAAGCUAAUAAGCU", "8mer 1-8, 7mer-m8 9-15"},
        /* one behind the other without a gap, and sharing a base */
        {"UAAGCUAUAAGCUA", "7mer-A1 1-7, 8mer 7-14"},
        /* N is no base */
        {"AUAANCUA", ""},
        {"NUAAGCUA", "7mer-A1 2-8"},
    };
    dlu_arena *arena = dlu_arena_new();
    dlu_mirna m = mirna_of(MIR_21, arena);
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char found[200] = "";
        dlu_site_list list = {0};
        dlu_sequence t = sequence_of(rows[i].target, arena);
        assert_true(dlu_sites_find(&m, &t, arena, &list));
        for (size_t k = 0; k < list.n; k++)
            snprintf(found + strlen(found), sizeof found - strlen(found), "%s%s %zu-%zu",
                     k ? ", " : "", dlu_site_type_name(list.items[k].type), list.items[k].from,
                     list.items[k].to);
        if (strcmp(found, rows[i].sites) != 0)
            fail_msg("%s: expected \"%s\", found \"%s\"", rows[i].target, rows[i].sites, found);
    }
    dlu_arena_free(arena);
}

/*
 * The independent check: the words of each type are written out as texts from the definition, and
 * looked for at every place; a word that is part of a larger one at the same place of the microRNA
 * is not counted. It shares nothing with the library but the names.
 */
typedef struct word {
    char text[9];
    size_t n;
    size_t behind; /* bases between its last and the one opposite m1, which counts itself */
    dlu_site_type type;
} word;

static char opposite(char base)
{
    return base == 'A' ? 'U' : base == 'C' ? 'G' : base == 'G' ? 'C' : 'A';
}

static word word_of(const char *mirna, unsigned last, unsigned first, dlu_site_type type)
{
    word w = {.type = type, .behind = first - 1};
    for (unsigned k = last; k >= first && k > 0; k--)
        w.text[w.n++] = k == 1 ? 'A' : opposite(mirna[k - 1]);
    return w;
}

typedef struct call {
    dlu_site_type type;
    size_t from, to;
} call;

static size_t check_by_words(const char *mirna, const char *target, size_t n, call *calls)
{
    const word words[] = {
        word_of(mirna, 8, 1, DLU_SITE_8MER),        word_of(mirna, 8, 2, DLU_SITE_7MER_M8),
        word_of(mirna, 7, 1, DLU_SITE_7MER_A1),     word_of(mirna, 7, 2, DLU_SITE_6MER),
        word_of(mirna, 8, 3, DLU_SITE_OFFSET_6MER),
    };
    size_t found = 0;
    for (size_t m1 = 0; m1 < n + 2; m1++) { /* where m1 is, also behind the end */
        for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
            size_t end = m1 + 1 < words[w].behind ? 0 : m1 + 1 - words[w].behind;
            if (end < words[w].n || end > n ||
                memcmp(target + end - words[w].n, words[w].text, words[w].n) != 0)
                continue;
            calls[found++] = (call){words[w].type, end - words[w].n + 1, end};
            break; /* the words stand from the largest to the smallest */
        }
    }
    return found;
}

#define SEQUENCES 100000u
#define LONGEST   400u

static void random_text(dlu_random *random, char *text, size_t n, unsigned letters)
{
    for (size_t i = 0; i < n; i++)
        text[i] = "ACGU"[dlu_random_below(random, letters)];
    text[n] = '\0';
}

/* Most random sequences hold nothing, so that pieces of the site are planted in two of three. */
static void plant(dlu_random *random, const char *mirna, char *text, size_t n)
{
    word whole = word_of(mirna, 8, 1, DLU_SITE_8MER);
    for (unsigned times = (unsigned)dlu_random_below(random, 3); times && n >= 8; times--) {
        size_t at = dlu_random_below(random, (unsigned)n - 7);
        memcpy(text + at, whole.text, 8);
        if (dlu_random_below(random,
                             2)) /* often a site without m8, without the A, or without both */
            text[at] = text[at + 7] = "ACGU"[dlu_random_below(random, 4)];
        else if (dlu_random_below(random, 2))
            text[at + dlu_random_below(random, 8)] = "ACGU"[dlu_random_below(random, 4)];
    }
}

static void sites_equal_a_check_by_words(void **state)
{
    static char target[LONGEST + 1];
    static call calls[LONGEST + 2];
    size_t seen[DLU_SITE_TYPE_COUNT] = {0};
    dlu_random random;
    dlu_random_seed(&random, 21);
    (void)state;
    for (unsigned i = 0; i < SEQUENCES; i++) {
        char text[23];
        dlu_arena *arena = dlu_arena_new();
        dlu_site_list list = {0};
        /* two letters only give overlapping sites and repeats */
        unsigned letters = i % 5 == 0 ? 2 : 4;
        size_t n = dlu_random_below(&random, i % 10 ? 60 : LONGEST + 1);
        random_text(&random, text, 22, letters);
        random_text(&random, target, n, letters);
        plant(&random, text, target, n);
        dlu_mirna m = mirna_of(text, arena);
        dlu_sequence t = sequence_of(target, arena);
        assert_true(dlu_sites_find(&m, &t, arena, &list));
        size_t expected = check_by_words(text, target, n, calls);
        if (list.n != expected)
            fail_msg("%s on %s: %zu sites, by words %zu", text, target, list.n, expected);
        for (size_t k = 0; k < expected; k++) {
            const dlu_site *s = &list.items[k];
            seen[s->type]++;
            if (s->type != calls[k].type || s->from != calls[k].from || s->to != calls[k].to)
                fail_msg("%s on %s: %s %zu-%zu, by words %s %zu-%zu", text, target,
                         dlu_site_type_name(s->type), s->from, s->to,
                         dlu_site_type_name(calls[k].type), calls[k].from, calls[k].to);
        }
        dlu_arena_free(arena);
    }
    for (int type = DLU_SITE_OFFSET_6MER; type < DLU_SITE_TYPE_COUNT; type++) {
        print_message("# %zu of %s\n", seen[type], dlu_site_type_name((dlu_site_type)type));
        assert_true(seen[type] > 1000);
    }
}

static void open_letters_are_told(void **state)
{
    static const struct {
        const char *target;
        size_t n;
        dlu_site_type type;
        size_t from, to;
    } rows[] = {
        {"CCCAUAANCUACCC", 1, DLU_SITE_8MER, 4, 11},
        {"CCCAUAARCUACCC", 1, DLU_SITE_8MER, 4, 11}, /* R is A or G, and G is wanted */
        {"CCCAUAAYCUACCC", 0, DLU_SITE_NONE, 0, 0},  /* Y is C or U */
        {"CCCAUAAGCUNCCC", 1, DLU_SITE_8MER, 4, 11}, /* a 7mer-m8 at least */
        {"CCCAUAAGCUACCN", 0, DLU_SITE_NONE, 0, 0},  /* nothing depends on it */
        {"NNNNNNNNNNNNNNNNNNNN", 1, DLU_SITE_8MER, 1, 20},
    };
    dlu_arena *arena = dlu_arena_new();
    dlu_mirna m = mirna_of(MIR_21, arena);
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dlu_site_list list = {0};
        dlu_sequence t = sequence_of(rows[i].target, arena);
        assert_true(dlu_sites_unknown(&m, &t, arena, &list));
        if (list.n != rows[i].n)
            fail_msg("%s: %zu stretches", rows[i].target, list.n);
        if (list.n) {
            assert_int_equal(list.items[0].type, rows[i].type);
            assert_int_equal(list.items[0].from, rows[i].from);
            assert_int_equal(list.items[0].to, rows[i].to);
        }
    }
    dlu_arena_free(arena);
}

static void near_seeds_are_notes(void **state)
{
    static const struct {
        const char *target;
        size_t n;
        unsigned m;
        bool wobble;
    } rows[] = {
        {"CCCAUAAGCUACCC", 0, 0, false}, {"CCCAUAGGCUACCC", 1, 5, true}, /* G opposite U at m5 */
        {"CCCAUACGCUACCC", 1, 5, false},                                 /* C opposite U */
        {"CCCAUAAUCUACCC", 1, 4, false},                                 /* U opposite C */
        {"CCCAUAAGUUACCC", 1, 3, true},                                  /* U opposite G at m3 */
        {"CCCGUAAGCUACCC", 0, 0, false},                                 /* m8: it is a 7mer-A1 */
        {"CCCAUAAGCGACCC", 0, 0, false}, /* m2: it is an offset 6mer */
        {"CCCAUCCGCUACCC", 0, 0, false}, /* two that do not pair */
        {"CCCAUNAGCUACCC", 0, 0, false}, /* unknown */
    };
    dlu_arena *arena = dlu_arena_new();
    dlu_mirna m = mirna_of(MIR_21, arena);
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dlu_near_list list = {0};
        dlu_sequence t = sequence_of(rows[i].target, arena);
        assert_true(dlu_sites_near(&m, &t, arena, &list));
        if (list.n != rows[i].n ||
            (list.n && (list.items[0].m != rows[i].m || list.items[0].wobble != rows[i].wobble)))
            fail_msg("%s: %zu notes, m%u", rows[i].target, list.n, list.n ? list.items[0].m : 0);
    }
    dlu_arena_free(arena);
}

/* ---- the duplex ---- */

static void a_duplex_is_drawn(void **state)
{
    static const struct {
        const char *target;
        size_t anchor;
        size_t supplementary;
        const char *lines;
    } rows[] = {
        {"GGUCAACAUCAGUCUGAUAAGCUAGG", 23, 4,
         "5'-...UCAACAUCAGUCUGAUAAGCUA...-3'\n"
         "      |||||||||||||||||||||\n"
         "   3'-AGUUGUAGUCAGACUAUUCGAU-5'"},
        /* the insert begins inside: m8 is the last base that has one opposite */
        {"AUAAGCUA", 7, 0,
         "                 5'-AUAAGCUA-3'\n"
         "                    |||||||\n"
         "   3'-AGUUGUAGUCAGACUAUUCGAU-5'"},
        /* the loop of the target one longer, so that m13 to m16 pair */
        {"GGUCAACAUCAGUCCUGAUAAGCUAGG", 24, 4,
         "5'-...UCAACAUCAGUCCUGAUAAGCUA...-3'\n"
         "      |||||||||||| |||||||||\n"
         "   3'-AGUUGUAGUCAG-ACUAUUCGAU-5'"},
    };
    dlu_arena *arena = dlu_arena_new();
    dlu_mirna m = mirna_of(MIR_21, arena);
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char found[300];
        dlu_duplex d;
        dlu_sequence t = sequence_of(rows[i].target, arena);
        assert_true(dlu_duplex_draw(&m, &t, rows[i].anchor, arena, &d));
        snprintf(found, sizeof found, "%s\n%s\n%s", d.lines[0], d.lines[1], d.lines[2]);
        assert_string_equal(found, rows[i].lines);
        assert_int_equal(d.supplementary, rows[i].supplementary);
    }
    dlu_arena_free(arena);
}

/* ---- alignment ---- */

#define MOST_ALIGNED 70u

static long least_of(long a, long b)
{
    return a < b ? a : b;
}

/* Gotoh's recursion over the full table. */
static long cost_by_table(const char *a, const char *b)
{
    static long c[MOST_ALIGNED + 1][MOST_ALIGNED + 1], d[MOST_ALIGNED + 1][MOST_ALIGNED + 1],
        e[MOST_ALIGNED + 1][MOST_ALIGNED + 1];
    const long far = 1000000, open = DLU_COST_OPEN, extend = DLU_COST_EXTEND;
    size_t n = strlen(a), m = strlen(b);
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            d[i][j] = i ? least_of(d[i - 1][j], c[i - 1][j] + open) + extend : far;
            e[i][j] = j ? least_of(e[i][j - 1], c[i][j - 1] + open) + extend : far;
            c[i][j] = i || j ? far : 0;
            if (i && j)
                c[i][j] = c[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : DLU_COST_MISMATCH);
            c[i][j] = least_of(c[i][j], least_of(d[i][j], e[i][j]));
        }
    }
    return c[n][m];
}

static void alignments_cost_least(void **state)
{
    dlu_random random;
    dlu_random_seed(&random, 9);
    (void)state;
    for (unsigned i = 0; i < 20000; i++) {
        char a[MOST_ALIGNED + 1], b[MOST_ALIGNED + 1];
        dlu_arena *arena = dlu_arena_new();
        dlu_alignment al;
        size_t n = dlu_random_below(&random, MOST_ALIGNED + 1), m = n;
        random_text(&random, a, n, 4);
        memcpy(b, a, n + 1);
        if (i % 2) { /* a piece deleted, and some bases changed */
            size_t at = n ? dlu_random_below(&random, (unsigned)n) : 0;
            size_t cut = dlu_random_below(&random, (unsigned)(n - at) + 1);
            memmove(b + at, b + at + cut, n - at - cut + 1);
            for (size_t k = 0; k < strlen(b); k++)
                if (!dlu_random_below(&random, 6))
                    b[k] = "ACGU"[dlu_random_below(&random, 4)];
        } else {
            m = dlu_random_below(&random, MOST_ALIGNED + 1);
            random_text(&random, b, m, 4);
        }
        dlu_sequence x = sequence_of(a, arena), y = sequence_of(b, arena);
        assert_int_equal(dlu_align(&x, &y, arena, &al, NULL), DLU_OK);
        if ((long)al.cost != cost_by_table(a, b))
            fail_msg("%s and %s: cost %lu, by the table %ld", a, b, al.cost, cost_by_table(a, b));
        for (size_t k = 0; k < x.n; k++)
            assert_true(al.other[k] == DLU_NO_BASE || al.back[al.other[k]] == k);
        dlu_arena_free(arena);
    }
}

static void an_insert_has_its_limit(void **state)
{
    static char text[DLU_MAX_INSERT + 2];
    dlu_arena *arena = dlu_arena_new();
    dlu_alignment al;
    dlu_error err;
    (void)state;
    memset(text, 'A', DLU_MAX_INSERT + 1);
    dlu_sequence x = sequence_of(text, arena), y = sequence_of("ACGU", arena);
    assert_int_equal(dlu_align(&x, &y, arena, &al, &err), DLU_E_LIMIT);
    assert_string_equal(err.code, "seed-insert-too-long");
    x.n--;
    assert_int_equal(dlu_align(&x, &y, arena, &al, &err), DLU_OK);
    dlu_arena_free(arena);
}

/* ---- names ---- */

static void names_of_mirnas_are_compared(void **state)
{
    static const struct {
        const char *a, *b;
        bool same;
    } rows[] = {
        {"hsa-miR-21-5p", "miR-21", true},
        {"hsa-miR-21-5p", "miR-21-5p", true},
        {"hsa-miR-21-5p", "mir21", true},
        {"hsa-miR-21-5p", "hsa-miR-21-3p", false},
        {"hsa-miR-21-5p", "mmu-miR-21-5p", false},
        {"hsa-miR-21-5p", "miR-210", false},
        {"hsa-let-7a-5p", "let-7a", true},
        {"hsa-let-7a-5p", "let-7b", false},
        {"miR-21", "miR-21", true},
        {"hsa-miR-206", "miR-206", true},
        {"hsa-miR-206", "miR-20", false},
        {"let-7a", "let-7a-3p", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (dlu_mirna_same(rows[i].a, rows[i].b) != rows[i].same)
            fail_msg("%s and %s", rows[i].a, rows[i].b);
}

static void the_table_holds_what_it_says(void **state)
{
    dlu_arena *arena = dlu_arena_new();
    (void)state;
    for (size_t i = 0; i < dlu_mirna_count(); i++) {
        const dlu_mirna_info *info = dlu_mirna_get(i);
        dlu_mirna m = mirna_of(info->sequence, arena);
        assert_string_equal(m.letters, info->sequence);
        assert_int_equal(strlen(info->accession), strlen("MIMAT0000076"));
        assert_true(*info->source);
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(dlu_mirna_get(k)->name, info->name);
            assert_string_not_equal(dlu_mirna_get(k)->accession, info->accession);
        }
    }
    assert_null(dlu_mirna_get(dlu_mirna_count()));
    dlu_arena_free(arena);
}

/* ---- the table ---- */

static dlu_source source_of(const char *text)
{
    return (dlu_source){.name = "made.fa", .bytes = text, .n_bytes = strlen(text)};
}

static dlu_bytes json_of(const dlu_result *result)
{
    dlu_bytes bytes;
    assert_int_equal(dlu_report_json(result, &bytes, NULL), DLU_OK);
    return bytes;
}

/* Sites of every kind go into a result, into its JSON, and back. */
static void sites_are_read_back(void **state)
{
    dlu_seed_file files[] = {
        {.source = source_of(">T\nCCAUAAGCUACCCCUAAGCUCCNCCAUAAGGUACC\n"), .construct = "WT"},
        {.source = source_of(">T\nCCAUUUGCUACCCCUAAGCUACCNCCAUAAGGUACC\n"), .construct = "MUT"}};
    dlu_source coding = source_of(">luc\nCCAUAAGCUACC\n");
    dlu_seed_request request = {
        .mirna = "hsa-miR-21-5p", .files = files, .n_files = 2, .coding = &coding, .n_coding = 1};
    dlu_seed *seed;
    dlu_result *back, result = {.date = ""};
    (void)state;
    assert_int_equal(dlu_seed_find(&request, &seed, NULL, NULL), DLU_OK);
    dlu_settings_default(&result.settings);
    result.seed = seed->seed;
    result.n_seed = seed->n_seed;
    dlu_bytes first = json_of(&result);
    dlu_source source = {.name = "r.json", .bytes = first.bytes, .n_bytes = first.n_bytes};
    assert_int_equal(dlu_result_read(&source, &back, NULL), DLU_OK);
    assert_int_equal(back->n_seed, result.n_seed);
    assert_true(result.n_seed > 6);
    assert_string_equal(back->seed[1].wt_duplex[2], "   3'-AGUUGUAGUCAGACUAUUCGAU-5'");
    assert_string_equal(back->seed[1].status, "lost");
    dlu_bytes second = json_of(back);
    assert_int_equal(first.n_bytes, second.n_bytes);
    assert_memory_equal(first.bytes, second.bytes, first.n_bytes);
    dlu_bytes_free(&first);
    dlu_bytes_free(&second);
    dlu_result_free(back);
    dlu_seed_free(seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sites_have_type_and_place),
        cmocka_unit_test(sites_equal_a_check_by_words),
        cmocka_unit_test(open_letters_are_told),
        cmocka_unit_test(near_seeds_are_notes),
        cmocka_unit_test(a_duplex_is_drawn),
        cmocka_unit_test(alignments_cost_least),
        cmocka_unit_test(an_insert_has_its_limit),
        cmocka_unit_test(names_of_mirnas_are_compared),
        cmocka_unit_test(the_table_holds_what_it_says),
        cmocka_unit_test(sites_are_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
