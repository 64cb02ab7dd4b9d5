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

/* What stands around a channel's name without changing it; "Renilla US LUM 96" is of EnVision. */
static const char *const fillers[] = {
    "raw",    "luminescence", "lum",    "light",   "signal",      "rlu",
    "rlus",   "cps",          "read",   "reads",   "value",       "reading",
    "values", "count",        "counts", "units",   "unit",        "activity",
    "data",   "readings",     "result", "results", "measurement", "intensity",
    "us",     "96",           "384",    "1536",    "lcps",        "s",
    "sec",    "per",          "second", "photons", "channel",     "reporter",
};

static const char *const firefly_words[] = {
    "firefly", "fireflyluc",  "fireflyluciferase", "fluc",       "ffluc", "ffluciferase",
    "luc",     "luc2",        "luciferase",        "luciferasa", "ff",    "lar2",
    "larii",   "fireflyluc2", "fluciferase",       "lucfirefly", "ffl",   "fl",
    "fire",    "photinus",    "luciferasefirefly", "hluc",       "hfluc", "luc2p",
};
static const char *const renilla_words[] = {
    "renilla",
    "renillaluc",
    "renillaluciferase",
    "rluc",
    "hrluc",
    "ren",
    "rl",
    "renluc",
    "rluciferase",
    "lucrenilla",
    "stop&glo",
    "stopglo",
    "stopandglo",
    "s&g",
    "hrl",
    "luciferaserenilla",
    "hrlucp",
};
static const char *const nanoluc_words[] = {
    "nanoluc", "nanolucluciferase", "nanoluciferase", "nluc", "nanoglo", "lucnano", "nlucp",
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

static bool is_one(const word *w, const char *const *words, size_t n)
{
    for (size_t i = 0; !w->too_long && i < n; i++)
        if (!strcmp(w->text, words[i]))
            return true;
    return false;
}

#define COUNT(words) (sizeof(words) / sizeof((words)[0]))

bool dlu_word_is_well(const char *header)
{
    static const char *const words[] = {"well",          "wells",        "wellid",  "wellname",
                                        "wellpos",       "wellposition", "pos",     "position",
                                        "wellpositions", "pozo",         "pocillo", "puits",
                                        "wellno",        "wellnumber",   "wellnr"};
    word w = simplified(header, false);
    return is_one(&w, words, COUNT(words));
}

bool dlu_word_is_plate(const char *header)
{
    static const char *const words[] = {"plate",   "plateid",     "platename",
                                        "plateno", "platenumber", "platebarcode"};
    word w = simplified(header, false);
    return is_one(&w, words, COUNT(words));
}

typedef enum channel { NO_CHANNEL, FIREFLY, RENILLA, NANOLUC } channel;

static channel channel_of(const word *w)
{
    return is_one(w, firefly_words, COUNT(firefly_words))   ? FIREFLY
           : is_one(w, renilla_words, COUNT(renilla_words)) ? RENILLA
           : is_one(w, nanoluc_words, COUNT(nanoluc_words)) ? NANOLUC
                                                            : NO_CHANNEL;
}

/* The header without what is in brackets does not say which luciferase: "RLU", "Luciferase". */
static bool is_open(const word *w)
{
    static const char *const words[] = {"", "luc", "luciferase", "luciferasa"};
    return is_one(w, words, COUNT(words));
}

/* "RLU (Firefly)" and "Luciferase (Renilla)" say in brackets at the end which luciferase it is. */
static word side_name(const char *header)
{
    word outside = simplified(header, true);
    size_t from = without_units(header), n = strlen(header);
    if (!is_open(&outside) || outside.too_long)
        return outside;
    while (from < n) {
        char inside[WORD_SIZE] = "";
        from += strcspn(header + from, "([");
        size_t length = from < n ? strcspn(header + from + 1, ")]") : 0;
        if (length && length < sizeof inside) {
            memcpy(inside, header + from + 1, length);
            word named = simplified(inside, true);
            if (channel_of(&named))
                return named;
        }
        from += length + 1;
    }
    return outside;
}

/* "Read 2: Renilla" is Renilla. */
static const char *without_read(const char *header)
{
    const char *p = header + strspn(header, " \t\r\n");
    if (strncmp(p, "Read", 4) != 0 && strncmp(p, "read", 4) != 0)
        return header;
    p += 4;
    p += strspn(p, " ._");
    size_t n = strspn(p, "0123456789");
    p += n;
    return n && (*p == ':' || *p == ' ' || *p == '-') ? p + 1 : header;
}

bool dlu_word_is_quotient(const char *header)
{
    char left[WORD_SIZE];
    for (const char *p = header; (p = strpbrk(p, "/:")); p++) {
        size_t n = (size_t)(p - header);
        if (n == 0 || n >= sizeof left)
            continue;
        memcpy(left, header, n);
        left[n] = '\0';
        word over = side_name(left), under = side_name(p + 1);
        channel a = channel_of(&over), b = channel_of(&under);
        if (*p == '/' && dlu_word_is_initial(left) && dlu_word_is_initial(p + 1) &&
            over.text[0] != under.text[0])
            return true;
        /* "Luciferase: Renilla" is a name. */
        if (a && b && a != b && (*p == '/' || !is_open(&over)))
            return true;
    }
    return false;
}

/* What a header names. */
static channel channel_named(const char *header)
{
    const char *name = without_read(header);
    word w = side_name(name);
    channel is = channel_of(&w);
    return is && dlu_word_is_quotient(name) ? NO_CHANNEL : is;
}

bool dlu_word_is_firefly(const char *header)
{
    return channel_named(header) == FIREFLY;
}

bool dlu_word_is_renilla(const char *header)
{
    return channel_named(header) == RENILLA;
}

bool dlu_word_is_nanoluc(const char *header)
{
    return channel_named(header) == NANOLUC;
}

bool dlu_word_is_channel(const char *header)
{
    return channel_named(header) != NO_CHANNEL;
}

/* "Firefly 1", "ren_rep2": the luciferase in front of a number. */
static channel numbered_channel(const char *header)
{
    static const char *const of[] = {"replicate", "rep", "repeat", "well", "trial"};
    word w = side_name(header);
    size_t n = w.n;
    while (n > 0 && w.text[n - 1] >= '0' && w.text[n - 1] <= '9')
        n--;
    if (w.too_long || n == w.n)
        return NO_CHANNEL;
    for (size_t i = 0; i < COUNT(of); i++) {
        size_t length = strlen(of[i]);
        if (n > length && !memcmp(w.text + n - length, of[i], length))
            n -= length;
    }
    w.text[n] = '\0';
    w.n = n;
    return channel_of(&w);
}

bool dlu_word_is_numbered_channel(const char *header)
{
    return numbered_channel(header) != NO_CHANNEL;
}

bool dlu_word_is_luc_number(const char *header)
{
    static const char *const of[] = {"luciferase", "luc"};
    word w = side_name(header);
    for (size_t i = 0; !w.too_long && i < COUNT(of); i++) {
        size_t length = strlen(of[i]);
        if (w.n > length && !memcmp(w.text, of[i], length) &&
            w.text[length + strspn(w.text + length, "0123456789")] == '\0')
            return true;
    }
    return false;
}

/* The next part of a header, without the digits at its end; *p moves behind it. */
static word next_part(const char **p)
{
    word w = {0};
    size_t gap;
    while (**p && (gap = gap_at(*p)) > 0)
        *p += gap;
    const char *begin = *p;
    for (; **p && !gap_at(*p); (*p)++) {
        if (*p > begin && is_upper(**p) && is_lower_or_digit((*p)[-1]))
            break;
        if (w.n + 1 < WORD_SIZE)
            w.text[w.n++] = (char)(is_upper(**p) ? **p | 0x20 : **p);
        else
            w.too_long = true;
    }
    while (w.n > 0 && w.text[w.n - 1] >= '0' && w.text[w.n - 1] <= '9')
        w.n--;
    w.text[w.n] = '\0';
    return w;
}

/* Only words that stand for one luciferase wherever they stand: not "luc", "FL" or "ren". */
static channel mentioned(const char *header)
{
    static const struct {
        const char *word;
        channel is;
    } words[] = {
        {"firefly", FIREFLY},  {"fluc", FIREFLY},    {"ffluc", FIREFLY}, {"larii", FIREFLY},
        {"renilla", RENILLA},  {"rluc", RENILLA},    {"hrluc", RENILLA}, {"stopglo", RENILLA},
        {"stop&glo", RENILLA}, {"nanoluc", NANOLUC}, {"nluc", NANOLUC},  {"nanoglo", NANOLUC},
    };
    channel found = NO_CHANNEL;
    word before = {0};
    for (const char *p = header; *p;) {
        word w = next_part(&p);
        if ((!strcmp(before.text, "stop") && !strcmp(w.text, "glo")) ||
            (!strcmp(before.text, "lar") && !strcmp(w.text, "ii")))
            w = simplified(before.text[0] == 's' ? "stopglo" : "larii", false);
        if (strcmp(w.text, "&") != 0 && strcmp(w.text, "and") != 0)
            before = w;
        for (size_t i = 0; w.n && !w.too_long && i < COUNT(words); i++) {
            if (strcmp(w.text, words[i].word) != 0)
                continue;
            if (found && found != words[i].is)
                return NO_CHANNEL;
            found = words[i].is;
        }
    }
    return found;
}

const char *dlu_word_speaks_of(const char *header)
{
    static const char *const names[] = {NULL, "firefly", "renilla", "nanoluc"};
    channel is = is_long(header) ? NO_CHANNEL : channel_named(header);
    if (!is && !is_long(header))
        is = numbered_channel(header) ? numbered_channel(header) : mentioned(header);
    return names[is];
}

bool dlu_word_is_initial(const char *header)
{
    word w = simplified(header, false);
    return w.n == 1 && (*w.text == 'f' || *w.text == 'r');
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
