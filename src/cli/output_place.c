/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "output_place.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool cli_is_stdout(const char *path)
{
    return !strcmp(path, "-");
}

bool cli_split_path(const char *path, cli_place *out)
{
    const char *slash = strrchr(path, '/');
    size_t n = slash ? (size_t)(slash - path) : 0;
    if (n >= sizeof out->folder)
        return false;
    if (!slash)
        memcpy(out->folder, ".", 2);
    else if (!n)
        memcpy(out->folder, "/", 2);
    else {
        memcpy(out->folder, path, n);
        out->folder[n] = '\0';
    }
    out->name = slash ? slash + 1 : path;
    return true;
}

static bool same_entry(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

bool cli_same_file(const char *a, const char *b)
{
    struct stat sa;
    struct stat sb;
    cli_place pa;
    cli_place pb;
    bool has_a = !stat(a, &sa);
    bool has_b = !stat(b, &sb);
    if (has_a && has_b)
        return same_entry(&sa, &sb);
    if (has_a != has_b || !cli_split_path(a, &pa) || !cli_split_path(b, &pb))
        return false;
    if (strcmp(pa.name, pb.name) != 0 || stat(pa.folder, &sa) || stat(pb.folder, &sb))
        return false;
    return same_entry(&sa, &sb);
}

static dlu_status check_writable(const char *path, const char *folder, dlu_error *err)
{
    if (!access(folder, W_OK | X_OK))
        return DLU_OK;
    return cli_fail(err, DLU_E_IO, "folder-not-writable", path,
                    "choose a folder of your own, or allow yourself to write there",
                    "cannot write into the folder \"%s\": %s", folder, strerror(errno));
}

/* The folder that a file or folder is to be made in. */
static dlu_status check_parent(const char *path, const char *folder, dlu_error *err)
{
    char hint[512];
    struct stat info;
    if (!stat(folder, &info)) {
        if (S_ISDIR(info.st_mode))
            return check_writable(path, folder, err);
        return cli_fail(err, DLU_E_IO, "folder-is-file", path, "choose another place",
                        "expected a folder at \"%s\", found a file", folder);
    }
    if (errno != ENOENT)
        return cli_fail(err, DLU_E_IO, "folder-unusable", path, "choose another place",
                        "expected a folder at \"%s\": %s", folder, strerror(errno));
    snprintf(hint, sizeof hint, "make it first: mkdir -p %.400s", folder);
    return cli_fail(err, DLU_E_IO, "folder-missing", path, hint,
                    "expected the folder \"%s\", found none of this name", folder);
}

static dlu_status refuse_long(const char *path, dlu_error *err)
{
    return cli_fail(err, DLU_E_IO, "path-too-long", path, "choose shorter names",
                    "expected paths of at most %d bytes, found a longer one", CLI_MAX_FOLDER - 1);
}

dlu_status cli_output_check(const char *path, dlu_error *err)
{
    cli_place place;
    struct stat info;
    if (cli_is_stdout(path))
        return DLU_OK;
    if (!cli_split_path(path, &place))
        return refuse_long(path, err);
    bool exists = !stat(path, &info);
    if (!*place.name || (exists && S_ISDIR(info.st_mode)))
        return cli_fail(err, DLU_E_IO, "output-is-folder", path,
                        "name the file in it, such as FOLDER/report.xlsx",
                        "expected the name of a file, found a folder");
    if (exists && !S_ISREG(info.st_mode))
        return cli_fail(err, DLU_E_IO, "output-not-plain", path, "\"-\" writes to standard output",
                        "expected a plain file or none, found a pipe or a device");
    return check_parent(path, place.folder, err);
}

dlu_status cli_output_check_folder(const char *path, dlu_error *err)
{
    char trimmed[CLI_MAX_FOLDER];
    cli_place place;
    struct stat info;
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    if (n >= sizeof trimmed)
        return refuse_long(path, err);
    memcpy(trimmed, path, n);
    trimmed[n] = '\0';
    if (!stat(path, &info) && S_ISDIR(info.st_mode))
        return check_writable(path, path, err);
    if (!lstat(trimmed, &info))
        return cli_fail(err, DLU_E_IO, "folder-is-file", path, "choose another name",
                        "expected a folder or none, found a file");
    return cli_split_path(trimmed, &place) ? check_parent(path, place.folder, err)
                                           : refuse_long(path, err);
}
