/* Shifts the wall clock of a process: LD_PRELOAD=shifted_clock.so CLOCK_SHIFT_S=3456000.

   All other clocks stay as they are. libfaketime returns the real time inside signal handlers, and
   PostgreSQL checks its timeouts there: under it no statement, lock or idle timeout ever fires. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>

static time_t shift_s;

__attribute__((constructor)) static void read_shift(void)
{
    const char *value = getenv("CLOCK_SHIFT_S");
    shift_s = value ? atoll(value) : 0;
}

static int is_wall(clockid_t clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    static int (*real)(clockid_t, struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real(clock, now);
    if (!failed && is_wall(clock)) now->tv_sec += shift_s;
    return failed;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    struct timespec value;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &value)) return -1;
    now->tv_sec = value.tv_sec;
    now->tv_usec = value.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *out)
{
    struct timespec value;
    clock_gettime(CLOCK_REALTIME_COARSE, &value);
    if (out) *out = value.tv_sec;
    return value.tv_sec;
}

int timespec_get(struct timespec *now, int base)
{
    return base == TIME_UTC && !clock_gettime(CLOCK_REALTIME, now) ? base : 0;
}

/* A deadline by the shifted clock, as the kernel's clock tells it; one by another clock as it is. */
static struct timespec as_real(const struct timespec *deadline)
{
    struct timespec real = *deadline, now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (real.tv_sec > now.tv_sec - shift_s + shift_s / 2) real.tv_sec -= shift_s;
    return real;
}

int pthread_cond_timedwait(pthread_cond_t *cond, pthread_mutex_t *mutex, const struct timespec *at)
{
    static int (*real)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
    if (!real) real = dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
    struct timespec moment = as_real(at);
    return real(cond, mutex, &moment);
}

int sem_timedwait(sem_t *semaphore, const struct timespec *at)
{
    static int (*real)(sem_t *, const struct timespec *);
    if (!real) real = dlsym(RTLD_NEXT, "sem_timedwait");
    struct timespec moment = as_real(at);
    return real(semaphore, &moment);
}

/* Time of arrival of a datagram, which the kernel stamps by the wall clock. */
ssize_t recvmsg(int socket, struct msghdr *message, int flags)
{
    static ssize_t (*real)(int, struct msghdr *, int);
    if (!real) real = dlsym(RTLD_NEXT, "recvmsg");
    ssize_t octets = real(socket, message, flags);
    if (octets < 0) return octets;
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_TIMESTAMPNS) continue;
        struct timespec at;
        memcpy(&at, CMSG_DATA(part), sizeof at);
        at.tv_sec += shift_s;
        memcpy(CMSG_DATA(part), &at, sizeof at);
    }
    return octets;
}
