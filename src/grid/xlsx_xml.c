/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/xlsx.h"

#include <string.h>

#include <expat.h>

#include "base/memory.h"
#include "base/say.h"

#define MAX_DEPTH      100u
#define MAX_TOKEN      ((XML_Index)1 << 20) /**< a tag is read again with each piece until it ends */
#define NAMESPACE_ENDS '|'

typedef struct parse {
    XML_Parser parser;
    const dlu_xml_events *events;
    void *who;
    dlu_error *err;
    dlu_place place;
    const char *part;
    unsigned depth;
    dlu_status status; /**< of the first handler that failed */
    XML_Index fed;
    const char *counted; /**< an element, and how many of it there are */
    size_t count;
} parse;

static const char again_hint[] = "open the file in Excel or LibreOffice and save it anew";

static void stop(parse *p, dlu_status status)
{
    if (p->status == DLU_OK)
        p->status = status;
    XML_StopParser(p->parser, XML_FALSE);
}

static const char *local(const char *name)
{
    const char *bar = strrchr(name, NAMESPACE_ENDS);
    return bar ? bar + 1 : name;
}

static void XMLCALL on_open(void *data, const XML_Char *name, const XML_Char **attributes)
{
    parse *p = data;
    if (p->status)
        return;
    if (++p->depth > MAX_DEPTH) {
        stop(p, dlu_fail(p->err, DLU_E_LIMIT, "xml-too-deep", &p->place, again_hint,
                         "expected at most %u elements inside each other, found more in %s",
                         MAX_DEPTH, p->part));
        return;
    }
    dlu_status status =
        p->events->open(p->who, local(name), (const char *const *)attributes, p->err);
    if (status)
        stop(p, status);
}

static void XMLCALL on_close(void *data, const XML_Char *name)
{
    parse *p = data;
    if (p->status)
        return;
    p->depth--;
    dlu_status status = p->events->close(p->who, local(name), p->err);
    if (status)
        stop(p, status);
}

static void XMLCALL on_text(void *data, const XML_Char *text, int n)
{
    parse *p = data;
    if (p->status == DLU_OK)
        p->events->text(p->who, text, (size_t)n);
}

/* No writer of workbooks needs one; entities could make a small file endless. */
static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int internal)
{
    parse *p = data;
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    stop(p, dlu_fail(p->err, DLU_E_INPUT, "xml-doctype", &p->place, again_hint,
                     "expected plain XML in %s, found a document type declaration, which workbooks "
                     "do not have",
                     p->part));
}

static dlu_status fail_xml(parse *p)
{
    enum XML_Error code = XML_GetErrorCode(p->parser);
    if (p->status)
        return p->status;
    if (code == XML_ERROR_NO_MEMORY)
        return dlu_fail_memory(p->err);
    return dlu_fail(p->err, DLU_E_INPUT, "xml-broken", &p->place, again_hint,
                    "expected XML in %s, found an error in line %lu: %s", p->part,
                    (unsigned long)XML_GetCurrentLineNumber(p->parser), XML_ErrorString(code));
}

static dlu_status feed(void *who, const char *bytes, size_t n, dlu_error *err)
{
    parse *p = who;
    (void)err;
    if (XML_Parse(p->parser, bytes, (int)n, n == 0) != XML_STATUS_OK)
        return fail_xml(p);
    p->fed += (XML_Index)n;
    if (p->fed - XML_GetCurrentByteIndex(p->parser) > MAX_TOKEN)
        return dlu_fail(p->err, DLU_E_LIMIT, "xml-tag-too-long", &p->place, again_hint,
                        "expected tags of at most %ld bytes, found a longer one in %s",
                        (long)MAX_TOKEN, p->part);
    return DLU_OK;
}

static void XMLCALL on_counted(void *data, const XML_Char *name, const XML_Char **attributes)
{
    parse *p = data;
    (void)attributes;
    p->count += !strcmp(name, p->counted);
}

static XML_Parser new_parser(parse *p)
{
    static const XML_Memory_Handling_Suite memory = {dlu_memory_alloc, dlu_memory_resize,
                                                     dlu_memory_free};
    static const char separator[] = {NAMESPACE_ENDS, '\0'};
    XML_Parser parser = XML_ParserCreate_MM(NULL, &memory, p->events ? separator : NULL);
    if (!parser)
        return NULL;
    XML_SetUserData(parser, p);
    if (p->events)
        XML_SetElementHandler(parser, on_open, on_close);
    else
        XML_SetStartElementHandler(parser, on_counted);
    if (p->events && p->events->text)
        XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_doctype);
    return parser;
}

static dlu_status read_part(dlu_package *package, parse *p, dlu_error *err)
{
    p->err = err;
    p->place.file = dlu_package_file(package);
    p->parser = new_parser(p);
    if (!p->parser)
        return dlu_fail_memory(err);
    dlu_status status = dlu_package_unpack(package, p->part, feed, p, err);
    XML_ParserFree(p->parser);
    return status;
}

dlu_status dlu_xml_read(dlu_package *package, const char *part, const dlu_xml_events *events,
                        void *who, dlu_error *err)
{
    parse p = {.events = events, .who = who, .part = part};
    return read_part(package, &p, err);
}

dlu_status dlu_xml_count(dlu_package *package, const char *part, const char *element, size_t *n,
                         dlu_error *err)
{
    parse p = {.counted = element, .part = part};
    dlu_status status = read_part(package, &p, err);
    *n = p.count;
    return status;
}

const char *dlu_xml_attribute(const char *const *attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (!strcmp(attributes[0], name))
            return attributes[1];
    return NULL;
}

const char *dlu_xml_relationship(const char *const *attributes)
{
    static const char end[] = "/relationships|id";
    for (; *attributes; attributes += 2) {
        size_t n = strlen(attributes[0]);
        if (n >= sizeof end - 1 && !strcmp(attributes[0] + n - (sizeof end - 1), end))
            return attributes[1];
    }
    return NULL;
}

bool dlu_xml_is_true(const char *value)
{
    return value && (!strcmp(value, "1") || dlu_text_same(value, "true"));
}
