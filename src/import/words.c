/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/words.h"

#include <string.h>

#include "base/text.h"
#include "grid/grid.h"

static const char separators[] = " \t\r\n-_,.;:()[]/%=+#\"'<>";

#define COUNT(words) (sizeof(words) / sizeof *(words))

static bool is_one_of(const char *word, size_t length, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (((*word ^ *words[i]) & ~0x20) == 0 && strlen(words[i]) == length &&
            dlu_text_starts(word, words[i]))
            return true;
    return false;
}

static bool has_any(const char *text, const char *const *words, size_t n)
{
    for (const char *p = text; *p;) {
        size_t length = strcspn(p, separators);
        if (length && is_one_of(p, length, words, n))
            return true;
        p += length;
        p += strspn(p, separators);
    }
    return false;
}

bool dlu_has_word(const char *text, const char *word)
{
    return has_any(text, &word, 1);
}

/* "Plate map" and "platemap": two words in a row, or one. */
static bool has_pair(const char *text, const char *first, const char *second)
{
    size_t a = strlen(first), b = strlen(second);
    for (const char *p = text; *p;) {
        size_t n = strcspn(p, separators);
        const char *next = p + n + strspn(p + n, separators);
        if (n == a && dlu_text_starts(p, first) && strcspn(next, separators) == b &&
            dlu_text_starts(next, second))
            return true;
        if (n == a + b && dlu_text_starts(p, first) && dlu_text_starts(p + a, second))
            return true;
        p = next;
    }
    return false;
}

bool dlu_names_calculated(const char *text)
{
    static const char *const words[] = {
        "ratio",      "ratios",    "average",    "averages",    "mean",     "median",
        "normalised", "corrected", "normalized", "correction",  "fold",     "sd",
        "stdev",      "cv",        "relative",   "crosstalk",   "log2",     "subtracted",
        "calculated", "reduced",   "calc",       "subtraction", "integral", "concentration",
        "avg",        "sem",       "norm"};
    return has_any(text, words, COUNT(words)) || dlu_word_is_quotient(text);
}

bool dlu_names_layout(const char *text)
{
    static const char *const words[] = {"layout", "content", "contents", "group", "groups"};
    return has_any(text, words, COUNT(words)) || has_pair(text, "plate", "map") ||
           has_pair(text, "well", "id") || has_pair(text, "sample", "name");
}

dlu_measures dlu_names_measures(const char *text)
{
    static const char *const light[] = {"luminescence",      "lum",  "luminometry", "rlu", "rlus",
                                        "chemiluminescence", "lumi", "lumineszenz"};
    static const char *const dark[] = {"absorbance",  "abs",        "od",        "absorption",
                                       "photometric", "photometry", "extinktion"};
    static const char *const glow[] = {"fluorescence", "fluorometry", "fluor", "rfu",
                                       "rfus",         "fluoreszenz", "fluo"};
    if (has_any(text, light, COUNT(light)))
        return DLU_MEASURES_LUMINESCENCE;
    if (has_any(text, dark, COUNT(dark)))
        return DLU_MEASURES_ABSORBANCE;
    return has_any(text, glow, COUNT(glow)) ? DLU_MEASURES_FLUORESCENCE : DLU_MEASURES_UNKNOWN;
}

long dlu_read_number(const char *text)
{
    char digits[5];
    long number;
    const char *p = text + strspn(text, " \t");
    if (!dlu_text_starts(p, "Read"))
        return 0;
    p += strlen("Read");
    p += strspn(p, " \t._");
    size_t n = strspn(p, "0123456789");
    if (n == 0 || n >= sizeof digits)
        return 0;
    memcpy(digits, p, n);
    digits[n] = '\0';
    return dlu_text_integer(digits, 1, 1000, &number) ? number : 0;
}
