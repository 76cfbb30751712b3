#pragma once

// What Swift's Glibc module leaves out, or cannot import because it is variadic.

#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>

static inline int acw_eventfd_open(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

static inline int acw_eventfd_signal(int descriptor) { return eventfd_write(descriptor, 1); }

static inline int acw_eventfd_clear(int descriptor) {
    eventfd_t count;
    return eventfd_read(descriptor, &count);
}

// The kernel keeps 15 bytes.
static inline int acw_name_current_thread(const char *name) { return prctl(PR_SET_NAME, name); }
