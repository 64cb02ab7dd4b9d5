/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/text.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_NUMBER 400u

/* A number taken apart: value = mantissa * 10^exponent, exact while `digits` <= 19. */
typedef struct parts {
    bool negative;
    uint64_t mantissa;
    unsigned digits;
    long exponent;
} parts;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *skip_blanks(const char *p)
{
    while (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r')
        p++;
    return p;
}

static const char *scan_digits(const char *p, parts *out, bool fraction, bool *any)
{
    for (; is_digit(*p); p++) {
        *any = true;
        if (out->digits < 19) {
            out->mantissa = out->mantissa * 10 + (uint64_t)(*p - '0');
            out->digits += out->mantissa > 0;
            out->exponent -= fraction;
        } else {
            out->digits++;
            out->exponent += !fraction;
        }
    }
    return p;
}

static const char *scan_exponent(const char *p, parts *out)
{
    const char *q = p + 1;
    bool negative = *q == '-';
    if (*q == '-' || *q == '+')
        q++;
    if (!is_digit(*q))
        return p;
    long exponent = 0;
    for (; is_digit(*q); q++)
        if (exponent < 100000)
            exponent = exponent * 10 + (*q - '0');
    out->exponent += negative ? -exponent : exponent;
    return q;
}

/* The end of the number that begins at p, or NULL. */
static const char *scan(const char *p, char decimal, parts *out)
{
    bool any = false;
    *out = (parts){0};
    if (*p == '-' || *p == '+')
        out->negative = *p++ == '-';
    p = scan_digits(p, out, false, &any);
    if (*p == decimal)
        p = scan_digits(p + 1, out, true, &any);
    if (!any)
        return NULL;
    if (*p == 'e' || *p == 'E')
        p = scan_exponent(p, out);
    return p;
}

/* Products and quotients of exact doubles are correctly rounded: no strtod for everyday numbers. */
static bool exact(const parts *n, double *out)
{
    static const double power[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                   1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (n->mantissa >> 53 || n->digits > 19 || n->exponent < -22 || n->exponent > 22)
        return false;
    double m = (double)n->mantissa;
    m = n->exponent < 0 ? m / power[-n->exponent] : m * power[n->exponent];
    *out = n->negative ? -m : m;
    return true;
}

/* strtod wants the decimal sign of the locale that the host program may have set. */
static bool by_library(const char *text, size_t length, char decimal, double *out)
{
    char buf[LONGEST_NUMBER + 16];
    const char *point = localeconv()->decimal_point;
    size_t n = 0;
    if (length > LONGEST_NUMBER)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] != decimal) {
            buf[n++] = text[i];
            continue;
        }
        for (const char *c = point; *c && n < LONGEST_NUMBER + 8; c++)
            buf[n++] = *c;
    }
    buf[n] = '\0';
    *out = strtod(buf, NULL);
    return isfinite(*out);
}

bool dlu_text_number(const char *text, char decimal, double *out)
{
    parts number;
    if (!text)
        return false;
    const char *begin = skip_blanks(text);
    const char *end = scan(begin, decimal, &number);
    if (!end || *skip_blanks(end))
        return false;
    return exact(&number, out) || by_library(begin, (size_t)(end - begin), decimal, out);
}

bool dlu_text_integer(const char *text, long min, long max, long *out)
{
    double value;
    if (!dlu_text_number(text, '.', &value) || value != floor(value) || value < (double)min ||
        value > (double)max)
        return false;
    *out = (long)value;
    return true;
}

/* The digits of value to `precision` places and its decimal exponent. */
static int digits_of(double value, int precision, char digits[DLU_NUMBER_SIZE])
{
    char buf[DLU_NUMBER_SIZE + 8];
    snprintf(buf, sizeof buf, "%.*e", precision - 1, value);
    char *e = strchr(buf, 'e');
    size_t n = 0;
    for (const char *p = buf; p < e; p++)
        if (is_digit(*p))
            digits[n++] = *p;
    digits[n] = '\0';
    long exponent = 0;
    dlu_text_integer(e + 1, -400, 400, &exponent);
    return (int)exponent;
}

static void lay_out_scientific(bool negative, const char *digits, int exponent,
                               char buf[DLU_NUMBER_SIZE])
{
    int n = (int)strlen(digits);
    snprintf(buf, DLU_NUMBER_SIZE, "%s%c%s%.*se%+03d", negative ? "-" : "", digits[0],
             n > 1 ? "." : "", n - 1, digits + 1, exponent);
}

/* Lays digits out as a person writes them: plain from 1e-6 up to 1e20, else with an exponent. */
static void lay_out(bool negative, const char *digits, int exponent, char buf[DLU_NUMBER_SIZE])
{
    int n = (int)strlen(digits);
    const char *sign = negative ? "-" : "";
    if (exponent >= 21 || exponent < -6)
        lay_out_scientific(negative, digits, exponent, buf);
    else if (exponent < 0)
        snprintf(buf, DLU_NUMBER_SIZE, "%s0.%.*s%s", sign, -exponent - 1, "00000", digits);
    else if (n <= exponent + 1)
        snprintf(buf, DLU_NUMBER_SIZE, "%s%s%.*s", sign, digits, exponent + 1 - n,
                 "00000000000000000000");
    else
        snprintf(buf, DLU_NUMBER_SIZE, "%s%.*s.%s", sign, exponent + 1, digits,
                 digits + exponent + 1);
}

/*
 * Light has few digits: a whole number of at most 15 digits over a power of ten needs no search.
 * With so few digits no two decimals are one double, and the quotient of exact doubles is rounded
 * right.
 */
static bool few_digits(double value, char buf[DLU_NUMBER_SIZE])
{
    static const double power[] = {1, 10, 100, 1000, 10000};
    double whole = 0, size = fabs(value);
    char *p = buf + DLU_NUMBER_SIZE;
    int places = 0;
    if (size >= 1e10 || size < 1e-3)
        return false;
    while (places < 5 && !((whole = nearbyint(size * power[places])) / power[places] == size))
        places++;
    if (places == 5)
        return false;
    uint64_t digits = (uint64_t)whole;
    *--p = '\0';
    for (int i = 0; digits || i <= places; i++, digits /= 10) {
        if (i == places && places)
            *--p = '.';
        *--p = (char)('0' + digits % 10);
    }
    if (value < 0)
        *--p = '-';
    memmove(buf, p, (size_t)(buf + DLU_NUMBER_SIZE - p));
    return true;
}

char *dlu_text_from_double(double value, char buf[DLU_NUMBER_SIZE])
{
    char digits[DLU_NUMBER_SIZE];
    if (!isfinite(value)) {
        buf[0] = '\0';
        return buf;
    }
    if (value == 0) {
        memcpy(buf, "0", 2);
        return buf;
    }
    if (few_digits(value, buf))
        return buf;
    for (int precision = 1; precision <= 17; precision++) {
        double back;
        int exponent = digits_of(fabs(value), precision, digits);
        lay_out(value < 0, digits, exponent, buf);
        if (dlu_text_number(buf, '.', &back) && back == value)
            break;
    }
    return buf;
}

char *dlu_text_rounded(double value, int digits, char buf[DLU_NUMBER_SIZE])
{
    char text[DLU_NUMBER_SIZE];
    if (!isfinite(value)) {
        memcpy(buf, "n/a", 4);
        return buf;
    }
    if (value == 0) {
        memcpy(buf, "0", 2);
        return buf;
    }
    int exponent = digits_of(fabs(value), digits, text);
    if (exponent < -4)
        lay_out_scientific(value < 0, text, exponent, buf);
    else if (exponent >= digits)
        snprintf(buf, DLU_NUMBER_SIZE, "%.0f", value);
    else
        lay_out(value < 0, text, exponent, buf);
    return buf;
}

char *dlu_text_fold(double fold, char buf[DLU_NUMBER_SIZE])
{
    if (!(fold >= 0.1 && fold < 100))
        return dlu_text_rounded(fold, 2, buf);
    long hundredths = lround(fold * 100);
    snprintf(buf, DLU_NUMBER_SIZE, "%ld.%02ld", hundredths / 100, hundredths % 100);
    return buf;
}
