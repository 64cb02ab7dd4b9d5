/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * Preloaded into the program, makes the n-th call of one kind fail. Only calls on files below one
 * folder count, so that the loader, the locale and the sanitizers stay as they are.
 *
 *   FAULT_FOLDER  the folder, an absolute path
 *   FAULT_CALL    open, read, write, fsync, close, rename, link, unlink, mkdir, fstat, opendir;
 *                 fopen, fread, fwrite, fclose: the same within a stdio stream;
 *                 fork, wherever it is called
 *   FAULT_N       which, from 1
 *   FAULT_ERRNO   the errno to fail with; 0: a read finds the end of the file;
 *                 -1: a read or write moves one byte only; -2: so does a read, and then the file
 *                 ends
 *   FAULT_KILL    the end of a path: a child of the program that opens it to read is killed there,
 *                 as by the kernel where memory runs out
 *   FAULT_LOG     a file to which every call that counts is added, one name a line
 *
 * stdio calls the kernel from inside the C library, past any preloaded name; so streams on those
 * files are made of functions of our own.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#undef _FILE_OFFSET_BITS

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_FD 1024

static struct {
    char folder[PATH_MAX];
    char call[16];
    char kill[64];
    long n;
    int error;
    int log;
    bool ready;
    bool is_child;
    bool watched[MAX_FD];
    bool ended[MAX_FD];
} fault = {.log = -1};

/* A function pointer from dlsym, which gives a data pointer. */
#define NEXT(type, name)                                                                           \
    static type real;                                                                              \
    if (!real) {                                                                                   \
        void *symbol = dlsym(RTLD_NEXT, name);                                                     \
        memcpy(&real, &symbol, sizeof symbol);                                                     \
    }

typedef int open_function(const char *, int, ...);
typedef ssize_t read_function(int, void *, size_t);
typedef ssize_t write_function(int, const void *, size_t);
typedef int fd_function(int);
typedef int path_function(const char *);
typedef int two_paths_function(const char *, const char *);
typedef int mkdir_function(const char *, mode_t);
typedef int fstat_function(int, struct stat *);
typedef int fstat64_function(int, struct stat64 *);
typedef DIR *opendir_function(const char *);
typedef pid_t fork_function(void);
typedef FILE *fopen_function(const char *, const char *);
typedef FILE *fdopen_function(int, const char *);
typedef FILE *cookie_function(void *, const char *, cookie_io_functions_t);

static const char *setting(const char *name)
{
    const char *value = getenv(name);
    return value ? value : "";
}

static int real_open(const char *path, int flags, mode_t mode)
{
    NEXT(open_function *, "open64")
    return real(path, flags, mode);
}

static ssize_t real_write(int fd, const void *bytes, size_t n)
{
    NEXT(write_function *, "write")
    return real(fd, bytes, n);
}

static void prepare(void)
{
    if (fault.ready)
        return;
    fault.ready = true;
    snprintf(fault.folder, sizeof fault.folder, "%s", setting("FAULT_FOLDER"));
    snprintf(fault.call, sizeof fault.call, "%s", setting("FAULT_CALL"));
    snprintf(fault.kill, sizeof fault.kill, "%s", setting("FAULT_KILL"));
    fault.n = atol(setting("FAULT_N"));
    fault.error = atoi(setting("FAULT_ERRNO"));
    if (*setting("FAULT_LOG"))
        fault.log =
            real_open(setting("FAULT_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
}

/* Relative paths are below the folder: the program is started in it. */
static bool counts(const char *path)
{
    prepare();
    return *fault.folder && (*path != '/' || !strncmp(path, fault.folder, strlen(fault.folder)));
}

static bool watched(int fd)
{
    return fd >= 0 && fd < MAX_FD && fault.watched[fd];
}

static int watch(int fd)
{
    if (fd >= 0 && fd < MAX_FD) {
        fault.watched[fd] = true;
        fault.ended[fd] = false;
    }
    return fd;
}

/* Counts the call; true where it is the one that is to fail. */
static bool strikes(const char *call)
{
    char line[32];
    int n = snprintf(line, sizeof line, "%s\n", call);
    if (fault.log >= 0 && real_write(fault.log, line, (size_t)n) != n)
        abort();
    if (strcmp(call, fault.call) != 0 || --fault.n != 0)
        return false;
    errno = fault.error > 0 ? fault.error : 0;
    return true;
}

static void kill_at(const char *path, int flags)
{
    size_t n = strlen(path), end = strlen(fault.kill);
    if (fault.is_child && end && n >= end && !strcmp(path + n - end, fault.kill) &&
        (flags & O_ACCMODE) == O_RDONLY)
        raise(SIGKILL);
}

/* ---- files by descriptor ---- */

static int open_counted(const char *call, const char *path, int flags, mode_t mode)
{
    if (!counts(path))
        return real_open(path, flags, mode);
    kill_at(path, flags);
    return strikes(call) ? -1 : watch(real_open(path, flags, mode));
}

static mode_t mode_of(int flags, va_list args)
{
    return flags & O_CREAT ? va_arg(args, mode_t) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = mode_of(flags, args);
    va_end(args);
    return open_counted("open", path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = mode_of(flags, args);
    va_end(args);
    return open_counted("open", path, flags, mode);
}

static ssize_t read_counted(const char *call, int fd, void *bytes, size_t n)
{
    NEXT(read_function *, "read")
    if (watched(fd) && fault.ended[fd])
        return 0;
    if (watched(fd) && strikes(call)) {
        if (fault.error >= 0)
            return fault.error ? -1 : 0;
        fault.ended[fd] = fault.error == -2;
        n = n > 1;
    }
    return real(fd, bytes, n);
}

static ssize_t write_counted(const char *call, int fd, const void *bytes, size_t n)
{
    if (watched(fd) && strikes(call)) {
        if (fault.error >= 0)
            return -1;
        n = n > 1;
    }
    return real_write(fd, bytes, n);
}

ssize_t read(int fd, void *bytes, size_t n)
{
    return read_counted("read", fd, bytes, n);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    return write_counted("write", fd, bytes, n);
}

/* The descriptor is gone also where closing fails. */
static int close_counted(const char *call, int fd)
{
    NEXT(fd_function *, "close")
    bool fails = watched(fd) && strikes(call);
    int error = errno;
    if (watched(fd))
        fault.watched[fd] = false;
    int result = real(fd);
    if (!fails)
        return result;
    errno = error;
    return -1;
}

int close(int fd)
{
    return close_counted("close", fd);
}

int fsync(int fd)
{
    NEXT(fd_function *, "fsync")
    return watched(fd) && strikes("fsync") ? -1 : real(fd);
}

int fstat(int fd, struct stat *info)
{
    NEXT(fstat_function *, "fstat")
    return watched(fd) && strikes("fstat") ? -1 : real(fd, info);
}

int fstat64(int fd, struct stat64 *info)
{
    NEXT(fstat64_function *, "fstat64")
    return watched(fd) && strikes("fstat") ? -1 : real(fd, info);
}

/* ---- names ---- */

int rename(const char *from, const char *to)
{
    NEXT(two_paths_function *, "rename")
    return counts(to) && strikes("rename") ? -1 : real(from, to);
}

int link(const char *from, const char *to)
{
    NEXT(two_paths_function *, "link")
    return counts(to) && strikes("link") ? -1 : real(from, to);
}

int unlink(const char *path)
{
    NEXT(path_function *, "unlink")
    return counts(path) && strikes("unlink") ? -1 : real(path);
}

int mkdir(const char *path, mode_t mode)
{
    NEXT(mkdir_function *, "mkdir")
    return counts(path) && strikes("mkdir") ? -1 : real(path, mode);
}

DIR *opendir(const char *path)
{
    NEXT(opendir_function *, "opendir")
    return counts(path) && strikes("opendir") ? NULL : real(path);
}

pid_t fork(void)
{
    NEXT(fork_function *, "fork")
    prepare();
    if (strikes("fork"))
        return -1;
    pid_t pid = real();
    fault.is_child = fault.is_child || !pid;
    return pid;
}

/* ---- streams ---- */

static ssize_t stream_read(void *cookie, char *bytes, size_t n)
{
    return read_counted("fread", *(int *)cookie, bytes, n);
}

static ssize_t stream_write(void *cookie, const char *bytes, size_t n)
{
    ssize_t done = write_counted("fwrite", *(int *)cookie, bytes, n);
    return done < 0 ? 0 : done; /* as a stream's function says that it failed */
}

static int stream_seek(void *cookie, off64_t *offset, int whence)
{
    off64_t at = lseek64(*(int *)cookie, *offset, whence);
    if (at < 0)
        return -1;
    *offset = at;
    return 0;
}

static int stream_close(void *cookie)
{
    int result = close_counted("fclose", *(int *)cookie);
    free(cookie);
    return result;
}

static FILE *stream_on(int fd, const char *mode)
{
    const cookie_io_functions_t functions = {stream_read, stream_write, stream_seek, stream_close};
    NEXT(cookie_function *, "fopencookie")
    int *cookie = fd < 0 ? NULL : malloc(sizeof *cookie);
    if (!cookie)
        return NULL;
    *cookie = fd;
    return real(cookie, mode, functions);
}

static int flags_of(const char *mode)
{
    int access = strchr(mode, '+') ? O_RDWR : *mode == 'r' ? O_RDONLY : O_WRONLY;
    int make = *mode == 'w' ? O_CREAT | O_TRUNC : *mode == 'a' ? O_CREAT | O_APPEND : 0;
    return access | make;
}

static FILE *fopen_counted(const char *path, const char *mode)
{
    return stream_on(open_counted("fopen", path, flags_of(mode), 0666), mode);
}

FILE *fopen(const char *path, const char *mode)
{
    NEXT(fopen_function *, "fopen")
    return counts(path) ? fopen_counted(path, mode) : real(path, mode);
}

FILE *fopen64(const char *path, const char *mode)
{
    NEXT(fopen_function *, "fopen64")
    return counts(path) ? fopen_counted(path, mode) : real(path, mode);
}

FILE *fdopen(int fd, const char *mode)
{
    NEXT(fdopen_function *, "fdopen")
    return watched(fd) ? stream_on(fd, mode) : real(fd, mode);
}
