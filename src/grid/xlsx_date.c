/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/xlsx.h"

#include <math.h>
#include <stdio.h>

#define LAST_SERIAL    2958466.0 /**< the day after 9999-12-31 */
#define DAY_SECONDS    86400L
#define DAYS_1900_1904 1462L

typedef struct civil {
    long year, month, day;
} civil;

static bool is_leap(long year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static long month_days(long year, long month)
{
    static const long days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

/* Days of the Gregorian calendar from 0001-01-01, which is day 0. */
static long day_number(civil c)
{
    long before = c.year - 1;
    long n = before * 365 + before / 4 - before / 100 + before / 400;
    for (long m = 1; m < c.month; m++)
        n += month_days(c.year, m);
    return n + c.day - 1;
}

static civil civil_of(long day)
{
    civil c = {day / 366 + 1, 1, 1};
    while (day_number((civil){c.year + 1, 1, 1}) <= day)
        c.year++;
    day -= day_number(c);
    while (day >= month_days(c.year, c.month))
        day -= month_days(c.year, c.month++);
    c.day = day + 1;
    return c;
}

/* Excel counts a 29 February 1900 as day 60, so the days before it have another origin. */
static civil civil_of_serial(long serial)
{
    if (serial == 60)
        return (civil){1900, 2, 29};
    return civil_of(day_number((civil){1899, 12, 30}) + serial + (serial < 60));
}

bool dlu_xlsx_date_text(double serial, dlu_number_style style, bool date1904,
                        char buf[DLU_DATE_SIZE])
{
    if (!(serial >= 0 && serial < LAST_SERIAL - (date1904 ? (double)DAYS_1900_1904 : 0)))
        return false;
    long day = (long)floor(serial);
    long second = (long)floor((serial - (double)day) * (double)DAY_SECONDS + 0.5);
    if (style == DLU_STYLE_DURATION || (day == 0 && second < DAY_SECONDS)) {
        long hours = day * 24 + second / 3600;
        snprintf(buf, DLU_DATE_SIZE, "%02ld:%02ld:%02ld", hours, second / 60 % 60, second % 60);
        return true;
    }
    day += second / DAY_SECONDS;
    second %= DAY_SECONDS;
    civil c = civil_of_serial(date1904 ? day + DAYS_1900_1904 : day);
    if (second)
        snprintf(buf, DLU_DATE_SIZE, "%04ld-%02ld-%02ld %02ld:%02ld:%02ld", c.year, c.month, c.day,
                 second / 3600, second / 60 % 60, second % 60);
    else
        snprintf(buf, DLU_DATE_SIZE, "%04ld-%02ld-%02ld", c.year, c.month, c.day);
    return true;
}

/* Reads exactly n digits; NULL where there are others. */
static const char *digits(const char *p, int n, long *out)
{
    *out = 0;
    for (int i = 0; p && i < n; i++, p++) {
        if (*p < '0' || *p > '9')
            return NULL;
        *out = *out * 10 + (*p - '0');
    }
    return p;
}

static const char *sign(const char *p, char c)
{
    return p && *p == c ? p + 1 : NULL;
}

static const char *iso_date(const char *p, bool date1904, double *serial)
{
    civil c;
    p = digits(sign(digits(sign(digits(p, 4, &c.year), '-'), 2, &c.month), '-'), 2, &c.day);
    if (!p || c.year < 1900 || c.month < 1 || c.month > 12 || c.day < 1 ||
        c.day > month_days(c.year, c.month))
        return NULL;
    long day = day_number(c) - day_number((civil){1899, 12, 30});
    day -= day <= 60;
    *serial = (double)(date1904 ? day - DAYS_1900_1904 : day);
    return p;
}

static const char *iso_time(const char *p, double *part_of_day)
{
    long hour, minute, second = 0, digit;
    double fraction = 0, unit = 0.1;
    p = digits(sign(digits(p, 2, &hour), ':'), 2, &minute);
    if (p && *p == ':')
        p = digits(p + 1, 2, &second);
    if (!p || hour > 23 || minute > 59 || second > 59)
        return NULL;
    if (*p == '.')
        for (p++; digits(p, 1, &digit); p++, unit /= 10)
            fraction += unit * (double)digit;
    *part_of_day = ((double)(hour * 3600 + minute * 60 + second) + fraction) / (double)DAY_SECONDS;
    return p;
}

bool dlu_xlsx_date_serial(const char *iso, bool date1904, double *out)
{
    double day = 0, part = 0;
    const char *p = iso_date(iso, date1904, &day);
    if (!p && *iso == 'T')
        iso++;
    if (p && (*p == 'T' || *p == ' '))
        p = iso_time(p + 1, &part);
    else if (!p)
        p = iso_time(iso, &part);
    if (!p || (*p == 'Z' ? p[1] : *p) || day < 0)
        return false;
    *out = day + part;
    return true;
}
