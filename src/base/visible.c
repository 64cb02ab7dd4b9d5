/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dualuc/error.h>

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define MARK_SIZE 16u

/* Length of the UTF-8 character at p, and the character; 0 where there is none. */
static size_t character_at(const char *p, uint32_t *out)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *u = (const unsigned char *)p;
    size_t n = u[0] < 0x80 ? 1 : u[0] < 0xC0 ? 0 : u[0] < 0xE0 ? 2 : u[0] < 0xF0 ? 3 : 4;
    if (n == 0 || u[0] > 0xF4)
        return 0;
    uint32_t c = n == 1 ? u[0] : u[0] & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((u[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (u[i] & 0x3F);
    }
    if (c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        return 0;
    *out = c;
    return n;
}

/* Commands to the terminal, marks that turn the direction of writing, and what nobody can see. */
static bool is_hidden(uint32_t c)
{
    static const uint32_t ranges[][2] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x61C, 0x61C},   {0x200B, 0x200B},
        {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x2069}, {0xFEFF, 0xFEFF}, {0xE0000, 0xE007F}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i][0] && c <= ranges[i][1])
            return true;
    return false;
}

/* A list in a message has its items in lines of their own, four blanks in. */
static bool begins_item(const char *p)
{
    return !strncmp(p, "\n    ", 5);
}

size_t dlu_visible(const char *text, char *buf, size_t size)
{
    size_t whole = 0, kept = 0;
    for (const char *p = text; *p;) {
        char mark[MARK_SIZE];
        const char *from = p;
        uint32_t c = 0;
        size_t n = character_at(p, &c), length = n;
        if (n == 0 || (is_hidden(c) && !begins_item(p))) {
            int made = n ? snprintf(mark, sizeof mark, "<U+%04X>", (unsigned)c)
                         : snprintf(mark, sizeof mark, "<0x%02X>", (unsigned)(unsigned char)*p);
            length = made > 0 ? (size_t)made : 0;
            from = mark;
        }
        if (kept == whole && length < size - kept) {
            memcpy(buf + kept, from, length);
            kept += length;
        }
        whole += length;
        p += n ? n : 1;
    }
    if (size)
        buf[kept] = '\0';
    return whole;
}
