/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/value.h"

#include <string.h>

#include "base/text.h"

typedef struct token {
    const char *text;
    dlu_read_state state;
} token;

/*
 * Words in the place of a light value, any case. Who writes them: OVRFLW, MISSED, "?????" Gen5;
 * #Sat, #Low, Masked, Range?, Error, NoFit, Path? SoftMax; OVER, INVALID (not measured) Tecan;
 * NA and N/A spreadsheets and R. Error values of a sheet are results of broken formulas.
 */
static const token tokens[] = {
    {"OVRFLW", DLU_READ_OVERFLOW},     {"OVERFLOW", DLU_READ_OVERFLOW},
    {"OVER", DLU_READ_OVERFLOW},       {"OVERFLOW?", DLU_READ_OVERFLOW},
    {"#Sat", DLU_READ_OVERFLOW},       {"SAT", DLU_READ_OVERFLOW},
    {"SATURATED", DLU_READ_OVERFLOW},  {"#Low", DLU_READ_UNDERFLOW},
    {"UNDERFLOW", DLU_READ_UNDERFLOW}, {"UNDRFLW", DLU_READ_UNDERFLOW},
    {"MISSED", DLU_READ_MISSED},       {"MISSING", DLU_READ_MISSED},
    {"INVALID", DLU_READ_MISSED},      {"NA", DLU_READ_MISSED},
    {"N/A", DLU_READ_MISSED},          {"#N/A", DLU_READ_MISSED},
    {"Masked", DLU_READ_MASKED},       {"?????", DLU_READ_INVALID},
    {"Range?", DLU_READ_INVALID},      {"Error", DLU_READ_INVALID},
    {"NoFit", DLU_READ_INVALID},       {"Path?", DLU_READ_INVALID},
    {"Inf", DLU_READ_INVALID},         {"NaN", DLU_READ_INVALID},
    {"#DIV/0!", DLU_READ_INVALID},     {"#VALUE!", DLU_READ_INVALID},
    {"#REF!", DLU_READ_INVALID},       {"#NUM!", DLU_READ_INVALID},
    {"#NAME?", DLU_READ_INVALID},      {"#NULL!", DLU_READ_INVALID},
};

/* "####": a spreadsheet column too narrow for a large number, saved as text. */
static bool all_hashes(const char *text)
{
    return strspn(text, "#") >= 2 && text[strspn(text, "#")] == '\0';
}

static bool limit(const char *text, char sign)
{
    double number;
    return *text == sign &&
           (dlu_text_number(text + 1, '.', &number) || dlu_text_number(text + 1, ',', &number));
}

/* "*0.356*": Gen5 marks a well whose value was masked by hand. */
static bool starred(const char *text)
{
    char bare[32];
    double number;
    size_t n = strlen(text);
    if (n < 3 || n > sizeof bare || text[0] != '*' || text[n - 1] != '*')
        return false;
    memcpy(bare, text + 1, n - 2);
    bare[n - 2] = '\0';
    return dlu_text_number(bare, '.', &number) || dlu_text_number(bare, ',', &number);
}

bool dlu_token_state(const char *text, dlu_read_state *out)
{
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
        if (!dlu_text_same(text, tokens[i].text))
            continue;
        *out = tokens[i].state;
        return true;
    }
    if (all_hashes(text) || limit(text, '>'))
        *out = DLU_READ_OVERFLOW;
    else if (limit(text, '<'))
        *out = DLU_READ_UNDERFLOW;
    else if (starred(text))
        *out = DLU_READ_MASKED;
    else
        return false;
    return true;
}
