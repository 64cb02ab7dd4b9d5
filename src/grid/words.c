/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/grid.h"

#include <string.h>

#define WORD_SIZE      64u
#define LONGEST_HEADER 1000u /**< a text beyond that is none */

/* A header stripped to its letters and digits in lower case, "" where nothing is left. */
typedef struct word {
    char text[WORD_SIZE];
    size_t n;
    bool too_long;
} word;

/* What stands around a channel's name without changing it. */
static const char *const fillers[] = {
    "raw",   "luminescence", "lum",   "light",  "signal", "rlu",    "rlus",  "cps",  "read",
    "reads", "reading",      "value", "values", "count",  "counts", "units", "unit", "activity",
};

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_lower_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Length of what parts words at p, also U+2000 to U+207F and U+00A0; 0 for a letter. */
static size_t gap_at(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    if (u[0] < 0x80)
        return !is_upper(*p) && !is_lower_or_digit(*p) && *p != '&';
    if (u[0] == 0xE2 && (u[1] == 0x80 || u[1] == 0x81) && u[2])
        return 3;
    return u[0] == 0xC2 && u[1] == 0xA0 ? 2 : 0;
}

static bool is_filler(const char *text, size_t n)
{
    for (size_t i = 0; i < sizeof fillers / sizeof fillers[0]; i++)
        if (strlen(fillers[i]) == n && !memcmp(fillers[i], text, n))
            return true;
    return false;
}

/* Takes the part of the word since `begins` off again where it only fills. */
static void end_part(word *w, size_t *begins, bool drop_fillers)
{
    if (drop_fillers && is_filler(w->text + *begins, w->n - *begins))
        w->n = *begins;
    *begins = w->n;
}

/* The header's length without units in brackets at its end: "Rluc (RLU)", "dose [nM]". */
static size_t without_units(const char *header)
{
    size_t n = strlen(header);
    for (;;) {
        while (n > 0 && (header[n - 1] == ' ' || (header[n - 1] >= '\t' && header[n - 1] <= '\r')))
            n--;
        if (n == 0 || (header[n - 1] != ')' && header[n - 1] != ']'))
            return n;
        char opens = header[n - 1] == ')' ? '(' : '[';
        size_t at = n;
        while (at > 0 && header[at - 1] != opens)
            at--;
        if (at <= 1)
            return n;
        n = at - 1;
    }
}

static bool is_long(const char *header)
{
    size_t n = 0;
    while (header[n] && n <= LONGEST_HEADER)
        n++;
    return n > LONGEST_HEADER;
}

static word simplified(const char *header, bool drop_fillers)
{
    word w = {.n = 0, .too_long = is_long(header)};
    if (w.too_long)
        return w;
    size_t begins = 0, n = without_units(header);
    for (size_t i = 0; i < n;) {
        size_t gap = gap_at(header + i);
        bool hump = i > 0 && is_upper(header[i]) && is_lower_or_digit(header[i - 1]);
        if (gap || hump)
            end_part(&w, &begins, drop_fillers);
        if (!gap && w.n + 1 < WORD_SIZE)
            w.text[w.n++] = (char)(is_upper(header[i]) ? header[i] | 0x20 : header[i]);
        else if (!gap)
            w.too_long = true;
        i += gap ? gap : 1;
    }
    end_part(&w, &begins, drop_fillers);
    w.text[w.n] = '\0';
    return w;
}

static bool is_among(const char *header, bool drop_fillers, const char *const *words, size_t n)
{
    word w = simplified(header, drop_fillers);
    if (w.too_long || w.n == 0)
        return false;
    for (size_t i = 0; i < n; i++)
        if (!strcmp(w.text, words[i]))
            return true;
    return false;
}

#define COUNT(words) (sizeof(words) / sizeof((words)[0]))

bool dlu_word_is_well(const char *header)
{
    static const char *const words[] = {"well",          "wells",        "wellid",  "wellname",
                                        "wellpos",       "wellposition", "pos",     "position",
                                        "wellpositions", "pozo",         "pocillo", "puits"};
    return is_among(header, false, words, COUNT(words));
}

bool dlu_word_is_plate(const char *header)
{
    static const char *const words[] = {"plate",   "plateid",     "platename",
                                        "plateno", "platenumber", "platebarcode"};
    return is_among(header, false, words, COUNT(words));
}

bool dlu_word_is_firefly(const char *header)
{
    static const char *const words[] = {"firefly",
                                        "fireflyluc",
                                        "fireflyluciferase",
                                        "fluc",
                                        "ffluc",
                                        "ffluciferase",
                                        "luc",
                                        "luc2",
                                        "luciferase",
                                        "luciferasa",
                                        "ff",
                                        "lar2",
                                        "larii",
                                        "fireflyluc2",
                                        "fluciferase",
                                        "lucfirefly",
                                        "luciferasefirefly"};
    return is_among(header, true, words, COUNT(words));
}

bool dlu_word_is_renilla(const char *header)
{
    static const char *const words[] = {
        "renilla",     "renillaluc", "renillaluciferase", "rluc",     "hrluc",   "ren",       "rl",
        "rluciferase", "lucrenilla", "luciferaserenilla", "stop&glo", "stopglo", "stopandglo"};
    return is_among(header, true, words, COUNT(words));
}

bool dlu_word_is_nanoluc(const char *header)
{
    static const char *const words[] = {"nanoluc", "nanolucluciferase", "nanoluciferase",
                                        "nluc",    "nanoglo",           "lucnano"};
    return is_among(header, true, words, COUNT(words));
}

dlu_map_column dlu_word_map_column(const char *header)
{
    static const struct {
        const char *word;
        dlu_map_column column;
    } words[] = {
        {"role", DLU_COLUMN_ROLE},
        {"welltype", DLU_COLUMN_ROLE},
        {"target", DLU_COLUMN_TARGET},
        {"gene", DLU_COLUMN_TARGET},
        {"utr", DLU_COLUMN_TARGET},
        {"3utr", DLU_COLUMN_TARGET},
        {"construct", DLU_COLUMN_CONSTRUCT},
        {"plasmid", DLU_COLUMN_CONSTRUCT},
        {"reporterconstruct", DLU_COLUMN_CONSTRUCT},
        {"treatment", DLU_COLUMN_TREATMENT},
        {"transfectedwith", DLU_COLUMN_TREATMENT},
        {"mirna", DLU_COLUMN_MIRNA},
        {"mir", DLU_COLUMN_MIRNA},
        {"microrna", DLU_COLUMN_MIRNA},
        {"dose", DLU_COLUMN_DOSE},
        {"dosenm", DLU_COLUMN_DOSE},
        {"conc", DLU_COLUMN_DOSE},
        {"concnm", DLU_COLUMN_DOSE},
        {"concentration", DLU_COLUMN_DOSE},
        {"concentrationnm", DLU_COLUMN_DOSE},
        {"replicate", DLU_COLUMN_REPLICATE},
        {"biologicalreplicate", DLU_COLUMN_REPLICATE},
        {"biorep", DLU_COLUMN_REPLICATE},
        {"transfection", DLU_COLUMN_REPLICATE},
        {"technicalreplicate", DLU_COLUMN_TECHNICAL},
        {"techrep", DLU_COLUMN_TECHNICAL},
        {"block", DLU_COLUMN_BLOCK},
        {"experiment", DLU_COLUMN_BLOCK},
        {"day", DLU_COLUMN_BLOCK},
        {"date", DLU_COLUMN_BLOCK},
        {"passage", DLU_COLUMN_BLOCK},
        {"use", DLU_COLUMN_USE},
        {"include", DLU_COLUMN_USE},
        {"sample", DLU_COLUMN_SAMPLE},
        {"samplename", DLU_COLUMN_SAMPLE},
        {"sampleid", DLU_COLUMN_SAMPLE},
        {"name", DLU_COLUMN_SAMPLE},
    };
    word w = simplified(header, false);
    if (dlu_word_is_well(header))
        return DLU_COLUMN_WELL;
    if (dlu_word_is_plate(header))
        return DLU_COLUMN_PLATE;
    for (size_t i = 0; !w.too_long && i < COUNT(words); i++)
        if (!strcmp(w.text, words[i].word))
            return words[i].column;
    return DLU_COLUMN_COUNT;
}

bool dlu_word_is_map(const char *header)
{
    dlu_map_column column = dlu_word_map_column(header);
    return column != DLU_COLUMN_COUNT && column != DLU_COLUMN_WELL && column != DLU_COLUMN_PLATE;
}
