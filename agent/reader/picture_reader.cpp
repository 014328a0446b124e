#include "agent/reader/picture_reader.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>

#include "agent/camera/reader_line.hpp"

namespace plus7::agent::reader {
namespace {

void limit(__rlimit_resource what, rlim_t most) {
    const rlimit both{most, most};
    ::setrlimit(what, &both);
}

// It needs no file, no other process and no core of a picture. When memory is short, the kernel takes it before the
// agent, whose facts must not die. What is refused here leaves it as it was: it still reads.
void give_up_rights() {
    std::ofstream("/proc/self/oom_score_adj") << 1000;
    ::close_range(STDERR_FILENO + 1, ~0U, 0);
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NPROC, 0);
    limit(RLIMIT_NOFILE, STDERR_FILENO + 1);
}

}  // namespace

int read_pictures(const Decode& decode) {
    give_up_rights();
    camera::ReaderLine line(STDIN_FILENO);
    for (;;) {
        const auto message = line.receive(camera::Frame::most_bytes);
        if (!message) return 0;
        const auto frame = camera::frame_of(*message);
        if (!line.send(camera::answer_of(frame ? decode(*frame) : std::nullopt))) return 0;
    }
}

}  // namespace plus7::agent::reader
