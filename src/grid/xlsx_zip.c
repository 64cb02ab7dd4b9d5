/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "grid/xlsx.h"

#include <zip.h>

#include "base/memory.h"
#include "base/say.h"

#define MAX_TOTAL_BYTES (2 * DLU_MAX_UNPACKED_BYTES) /**< of all parts that are read */
#define FREE_BYTES      ((uint64_t)16 << 20)         /**< unpacked before the ratio counts */
#define MAX_RATIO       400u
#define PIECE           65536u

struct dlu_package {
    zip_t *zip;
    const char *file;
    uint64_t total;
    char piece[PIECE];
};

static const char again_hint[] =
    "copy or export the file again, or open it in Excel or LibreOffice and save it anew";

static dlu_place place_of(const dlu_package *package)
{
    return (dlu_place){.file = package->file};
}

static dlu_status fail_zip(const char *file, const char *what, zip_error_t *error, dlu_error *err)
{
    dlu_place place = {.file = file};
    int code = zip_error_code_zip(error);
    dlu_status status;
    if (code == ZIP_ER_MEMORY)
        status = dlu_fail_memory(err);
    else if (code == ZIP_ER_NOPASSWD || code == ZIP_ER_WRONGPASSWD || code == ZIP_ER_ENCRNOTSUPP)
        status = dlu_fail(err, DLU_E_INPUT, "zip-password", &place,
                          "unpack it, or save it again without a password",
                          "expected %s, found one that is protected by a password", what);
    else if (code == ZIP_ER_COMPNOTSUPP)
        status = dlu_fail(err, DLU_E_INPUT, "zip-method", &place,
                          "open the file in Excel or LibreOffice and save it anew",
                          "expected %s, found one that is packed in a way no workbook uses", what);
    else
        status = dlu_fail(err, DLU_E_INPUT, "zip-broken", &place, again_hint,
                          "expected %s, found a file that is cut short or damaged (%s)", what,
                          zip_error_strerror(error));
    return status;
}

static const char whole[] = "a whole workbook, which is a zip archive";

static zip_t *open_bytes(const dlu_source *source, zip_error_t *error)
{
    zip_source_t *bytes = zip_source_buffer_create(source->bytes, source->n_bytes, 0, error);
    zip_t *zip = bytes ? zip_open_from_source(bytes, ZIP_RDONLY, error) : NULL;
    if (bytes && !zip)
        zip_source_free(bytes);
    return zip;
}

dlu_status dlu_package_open(const dlu_source *source, dlu_package **out, dlu_error *err)
{
    zip_error_t error;
    *out = NULL;
    dlu_status status = dlu_package_check(source, err);
    if (status)
        return status;
    dlu_package *package = dlu_memory_alloc(sizeof *package);
    if (!package)
        return dlu_fail_memory(err);
    zip_error_init(&error);
    package->file = source->name;
    package->total = 0;
    package->zip = open_bytes(source, &error);
    status = package->zip ? DLU_OK : fail_zip(source->name, whole, &error, err);
    zip_error_fini(&error);
    if (status == DLU_OK)
        *out = package;
    else
        dlu_package_close(package);
    return status;
}

void dlu_package_close(dlu_package *package)
{
    if (package && package->zip)
        zip_discard(package->zip);
    dlu_memory_free(package);
}

const char *dlu_package_file(const dlu_package *package)
{
    return package->file;
}

static char folded(char c)
{
    if (c == '\\')
        return '/';
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_name(const char *a, const char *b)
{
    while (*a && folded(*a) == folded(*b)) {
        a++;
        b++;
    }
    return folded(*a) == folded(*b);
}

/* The entry of a part, or -1. */
static zip_int64_t locate(const dlu_package *package, const char *part)
{
    zip_int64_t n = zip_get_num_entries(package->zip, 0);
    zip_int64_t i = zip_name_locate(package->zip, part, ZIP_FL_ENC_GUESS);
    if (i >= 0)
        return i;
    for (i = 0; i < n; i++) {
        const char *name = zip_get_name(package->zip, (zip_uint64_t)i, ZIP_FL_ENC_GUESS);
        if (name && same_name(name, part))
            return i;
    }
    return -1;
}

size_t dlu_package_count(const dlu_package *package)
{
    zip_int64_t n = zip_get_num_entries(package->zip, 0);
    return n < 0 ? 0 : (size_t)n;
}

const char *dlu_package_name(const dlu_package *package, size_t i)
{
    const char *name = zip_get_name(package->zip, i, ZIP_FL_ENC_GUESS);
    return name ? name : "";
}

bool dlu_package_has(const dlu_package *package, const char *part)
{
    return locate(package, part) >= 0;
}

/* Counts n more bytes of a part that has `packed` bytes in the file. */
static dlu_status check_size(dlu_package *package, const char *part, uint64_t unpacked,
                             uint64_t packed, dlu_error *err)
{
    dlu_place place = place_of(package);
    static const char hint[] = "give a file that holds the plates alone";
    if (unpacked > DLU_MAX_UNPACKED_BYTES)
        return dlu_fail(err, DLU_E_LIMIT, "zip-part-too-large", &place, hint,
                        "expected at most %zu bytes in a part of the workbook, found more in %s",
                        DLU_MAX_UNPACKED_BYTES, part);
    if (package->total > MAX_TOTAL_BYTES)
        return dlu_fail(err, DLU_E_LIMIT, "zip-too-large", &place, hint,
                        "expected at most %zu bytes in all parts of the workbook, found more",
                        MAX_TOTAL_BYTES);
    if (unpacked > FREE_BYTES && unpacked / MAX_RATIO > packed)
        return dlu_fail(err, DLU_E_LIMIT, "zip-ratio", &place, hint,
                        "expected parts that unpack to at most %u times their size, found %s, "
                        "which grows beyond that",
                        MAX_RATIO, part);
    return DLU_OK;
}

static dlu_status fail_length(const dlu_package *package, const char *part, uint64_t told,
                              uint64_t found, dlu_error *err)
{
    dlu_place place = place_of(package);
    return dlu_fail(err, DLU_E_INPUT, "zip-length", &place, again_hint,
                    "expected %llu bytes in the part %s, as the archive says, found %llu",
                    (unsigned long long)told, part, (unsigned long long)found);
}

static dlu_status unpack(dlu_package *package, zip_file_t *entry, const char *part,
                         const zip_stat_t *about, dlu_sink *sink, void *who, dlu_error *err)
{
    uint64_t packed = about->valid & ZIP_STAT_COMP_SIZE ? about->comp_size : 0;
    uint64_t unpacked = 0;
    for (;;) {
        zip_int64_t n = zip_fread(entry, package->piece, PIECE);
        if (n < 0)
            return fail_zip(package->file, whole, zip_file_get_error(entry), err);
        unpacked += (uint64_t)n;
        package->total += (uint64_t)n;
        dlu_status status = check_size(package, part, unpacked, packed, err);
        if (status == DLU_OK && n == 0 && about->valid & ZIP_STAT_SIZE && about->size != unpacked)
            status = fail_length(package, part, about->size, unpacked, err);
        if (status == DLU_OK)
            status = sink(who, package->piece, (size_t)n, err);
        if (status || n == 0)
            return status;
    }
}

dlu_status dlu_package_unpack(dlu_package *package, const char *part, dlu_sink *sink, void *who,
                              dlu_error *err)
{
    zip_stat_t about;
    dlu_place place = place_of(package);
    zip_int64_t i = locate(package, part);
    if (i < 0)
        return dlu_fail(err, DLU_E_INPUT, "xlsx-part-missing", &place, again_hint,
                        "expected the part %s in the workbook, found none of that name", part);
    zip_file_t *entry = zip_fopen_index(package->zip, (zip_uint64_t)i, 0);
    if (!entry || zip_stat_index(package->zip, (zip_uint64_t)i, 0, &about)) {
        dlu_status status = fail_zip(package->file, whole, zip_get_error(package->zip), err);
        if (entry)
            zip_fclose(entry);
        return status;
    }
    dlu_status status = unpack(package, entry, part, &about, sink, who, err);
    zip_fclose(entry);
    return status;
}
