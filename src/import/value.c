/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import/value.h"

#include <string.h>

#include "base/text.h"

#define LONGEST_VALUE 63u

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Copies without blanks at both ends; "" where the text is too long to be a value. */
static void strip(const char *text, char buf[LONGEST_VALUE + 1])
{
    size_t begin = strspn(text, " \t\r\n"), n = strlen(text);
    while (n > begin && strchr(" \t\r\n", text[n - 1]))
        n--;
    n -= begin;
    if (n > LONGEST_VALUE)
        n = 0;
    memcpy(buf, text + begin, n);
    buf[n] = '\0';
}

/* [+-]d{1,3}(sign ddd)+ with no 0 in front, and digits after the decimal sign if there are any. */
static bool is_grouped(const char *p, char group, char decimal)
{
    unsigned groups = 0;
    size_t n;
    if (*p == '+' || *p == '-')
        p++;
    n = strspn(p, "0123456789");
    if (n < 1 || n > 3 || *p == '0')
        return false;
    for (p += n; *p == group; p += 4, groups++)
        if (!is_digit(p[1]) || !is_digit(p[2]) || !is_digit(p[3]) || is_digit(p[4]))
            return false;
    if (*p == decimal) {
        n = strspn(p + 1, "0123456789");
        p += n ? n + 1 : 0;
    }
    return groups > 0 && *p == '\0';
}

static bool grouped_number(const char *text, const dlu_numbers *numbers, double *out)
{
    char group = numbers->decimal == '.' ? ',' : '.';
    char digits[LONGEST_VALUE + 1];
    size_t n = 0;
    if (!numbers->told || !is_grouped(text, group, numbers->decimal))
        return false;
    for (const char *p = text; *p; p++)
        if (*p != group)
            digits[n++] = *p;
    digits[n] = '\0';
    return dlu_text_number(digits, numbers->decimal, out);
}

/* Nothing but digits and the signs of numbers, and at least one digit. */
static bool looks_like_number(const char *text)
{
    size_t n = strspn(text, "+-0123456789.,'\xC2\xA0 ");
    return text[n] == '\0' && strpbrk(text, "0123456789") && is_digit(text[strlen(text) - 1]);
}

static dlu_value number_value(double number)
{
    return (dlu_value){DLU_VALUE_NUMBER, DLU_READ_OK, number};
}

static dlu_value text_value(const char *text, const dlu_numbers *numbers)
{
    char bare[LONGEST_VALUE + 1];
    dlu_value value = {DLU_VALUE_TEXT, DLU_READ_INVALID, 0};
    double number;
    if (!numbers->unsure && strnlen(text, sizeof bare) < sizeof bare &&
        dlu_text_number(text, numbers->decimal, &number))
        return number_value(number);
    strip(text, bare);
    if (!*bare)
        return value;
    if (numbers->unsure && is_grouped(bare, ',', '.'))
        value.kind = DLU_VALUE_UNSURE;
    else if (dlu_text_number(bare, numbers->decimal, &number) ||
             grouped_number(bare, numbers, &number))
        return number_value(number);
    else if (strcmp(bare, "-") == 0 || strcmp(bare, "--") == 0)
        value = (dlu_value){DLU_VALUE_DASH, DLU_READ_MISSED, 0};
    else if (dlu_token_state(bare, &value.state))
        value.kind = DLU_VALUE_TOKEN;
    else if (looks_like_number(bare))
        value.kind = DLU_VALUE_UNSURE;
    return value;
}

const char dlu_unsaved_hint[] =
    "open the workbook in Excel or LibreOffice and save it, so that its formulas get their values";

bool dlu_cell_is_unsaved(const dlu_cell *cell)
{
    return cell->formula && cell->kind == DLU_CELL_TEXT && !*cell->text;
}

dlu_value dlu_value_of(const dlu_cell *cell, const dlu_numbers *numbers)
{
    if (cell && cell->whole)
        return number_value(dlu_cell_whole(cell));
    if (cell && dlu_cell_is_unsaved(cell))
        return (dlu_value){DLU_VALUE_TEXT, DLU_READ_INVALID, 0};
    if (!cell || (cell->kind == DLU_CELL_TEXT && dlu_text_is_blank(cell->text)))
        return (dlu_value){DLU_VALUE_NONE, DLU_READ_MISSED, 0};
    double number;
    if (cell->kind == DLU_CELL_NUMBER && !cell->date && dlu_cell_number(cell, '.', &number))
        return number_value(number);
    if (cell->kind == DLU_CELL_TEXT || cell->kind == DLU_CELL_ERROR)
        return text_value(cell->text, numbers);
    return (dlu_value){DLU_VALUE_TEXT, DLU_READ_INVALID, 0};
}

/* "1,234" and nothing in the file like 0.5 or 0,5 (that would have made the sign certain). */
static bool comma_is_open(const dlu_book *book)
{
    bool grouped = false;
    if (book->workbook || (book->delimiter != '\t' && book->delimiter != ';'))
        return false;
    for (size_t s = 0; s < book->n_sheets; s++) {
        for (size_t i = 0; i < book->sheets[s].n_cells; i++) {
            if (book->sheets[s].cells[i].whole)
                continue;
            char bare[LONGEST_VALUE + 1];
            double number;
            strip(book->sheets[s].cells[i].text, bare);
            if (strchr(bare, '.') && dlu_text_number(bare, '.', &number))
                return false;
            grouped =
                grouped || (is_grouped(bare, ',', '.') && dlu_text_number(bare, ',', &number));
        }
    }
    return grouped;
}

dlu_numbers dlu_numbers_of(const dlu_book *book, dlu_decimal decimal)
{
    if (decimal != DLU_DECIMAL_AUTO)
        return (dlu_numbers){.decimal = decimal == DLU_DECIMAL_COMMA ? ',' : '.', .told = true};
    dlu_numbers numbers = {.decimal = dlu_book_decimal(book)};
    numbers.unsure = numbers.decimal == '.' && comma_is_open(book);
    return numbers;
}
