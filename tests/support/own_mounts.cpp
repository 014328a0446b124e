#include "tests/support/own_mounts.hpp"

#include <sched.h>
#include <sys/mount.h>

#include <cerrno>
#include <system_error>

namespace plus7::test {

void have_own_mounts() {
    static const int problem = [] {
        const bool done =
            ::unshare(CLONE_NEWNS) == 0 && ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
        return done ? 0 : errno;
    }();
    if (problem != 0) throw std::system_error(problem, std::generic_category(), "a mount namespace of our own");
}

}  // namespace plus7::test
