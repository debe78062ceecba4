// SPDX-License-Identifier: MIT
// What a disk does, seen and spoiled from below SQLCipher: preloaded, it stands between a process and libc.
//
// STORE_SHIM_ROOT   files below this folder are watched, and nothing else
// STORE_SHIM_LOG    every operation that changes them is appended here, in order (see store_disk_log.py)
//
// store_shim_fail(FIRST, COUNT, ERRNO) counts these operations anew: COUNT of them from the FIRST on fail; a write that
// fails for want of room writes half of its bytes first, as a full disk does. store_shim_done() tells how many there were.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { OP_CREATE = 1, OP_WRITE, OP_SYNC, OP_TRUNCATE, OP_UNLINK, OP_RENAME };

static char root[PATH_MAX];
static int log_fd = -1;
static long fail_first = -1, fail_count = 0, done = 0;
static int fail_errno = EIO;

__attribute__((constructor)) static void start(void) {
    const char *name = getenv("STORE_SHIM_ROOT"), *log = getenv("STORE_SHIM_LOG");
    if (name) snprintf(root, sizeof root, "%s", name);
    if (log) log_fd = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

void store_shim_fail(long first, long count, int why) {
    done = 0;
    fail_first = first;
    fail_count = count;
    fail_errno = why;
}

long store_shim_done(void) { return done; }

static int is_watched(const char *path) {
    return root[0] && !strncmp(path, root, strlen(root)) && path[strlen(root)] == '/';
}

static int path_of(int fd, char *path) {
    char link[64];
    if (!root[0] || fd == log_fd) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, PATH_MAX - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    return is_watched(path) || !strcmp(path, root);
}

// Counts one operation; tells whether it has to fail.
static int fails(void) {
    long n = ++done;
    if (fail_first < 0 || n < fail_first || n >= fail_first + fail_count) return 0;
    errno = fail_errno;
    return 1;
}

static void note(int op, const char *path, int64_t at, const void *data, uint32_t size) {
    if (log_fd < 0) return;
    uint16_t length = strlen(path);
    char head[15];
    head[0] = op;
    memcpy(head + 1, &length, 2);
    memcpy(head + 3, &at, 8);
    memcpy(head + 11, &size, 4);
    syscall(SYS_write, log_fd, head, sizeof head);
    syscall(SYS_write, log_fd, path, length);
    if (size) syscall(SYS_write, log_fd, data, size);
}

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, name)

static int opened(const char *name, const char *path, int flags, mode_t mode) {
    int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, name);
    struct stat there;
    char whole[PATH_MAX];
    int is_new = (flags & O_CREAT) && stat(path, &there) != 0;
    if (is_new && is_watched(path) && fails()) return -1;
    int fd = real(path, flags, mode);
    if (fd >= 0 && is_new && path_of(fd, whole)) note(OP_CREATE, whole, 0, 0, 0);
    return fd;
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    return opened("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    return opened("open64", path, flags, mode);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    char path[PATH_MAX];
    if (!path_of(fd, path)) return real(fd, data, size, at);
    if (fails()) {
        int why = errno;
        if (why == ENOSPC && size > 1) {
            note(OP_WRITE, path, at, data, size / 2);
            return real(fd, data, size / 2, at);
        }
        errno = why;
        return -1;
    }
    ssize_t n = real(fd, data, size, at);
    if (n > 0) note(OP_WRITE, path, at, data, n);
    return n;
}

ssize_t write(int fd, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    char path[PATH_MAX];
    if (!path_of(fd, path)) return real(fd, data, size);
    if (fails()) return -1;
    off64_t at = lseek64(fd, 0, SEEK_CUR);
    ssize_t n = real(fd, data, size);
    if (n > 0) note(OP_WRITE, path, at, data, n);
    return n;
}

static int synced(const char *name, int fd) {
    int (*real)(int) = dlsym(RTLD_NEXT, name);
    char path[PATH_MAX];
    if (!path_of(fd, path)) return real(fd);
    if (fails()) return -1;
    int result = real(fd);
    if (!result) note(OP_SYNC, path, 0, 0, 0);
    return result;
}

int fsync(int fd) { return synced("fsync", fd); }
int fdatasync(int fd) { return synced("fdatasync", fd); }

int ftruncate64(int fd, off64_t size) {
    REAL(int, "ftruncate64", int, off64_t);
    char path[PATH_MAX];
    if (!path_of(fd, path)) return real(fd, size);
    if (fails()) return -1;
    int result = real(fd, size);
    if (!result) note(OP_TRUNCATE, path, size, 0, 0);
    return result;
}

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    if (is_watched(path) && fails()) return -1;
    int result = real(path);
    if (!result && is_watched(path)) note(OP_UNLINK, path, 0, 0, 0);
    return result;
}

int rename(const char *from, const char *to) {
    REAL(int, "rename", const char *, const char *);
    if (is_watched(to) && fails()) return -1;
    int result = real(from, to);
    if (!result && is_watched(to)) note(OP_RENAME, from, 0, to, strlen(to));
    return result;
}
