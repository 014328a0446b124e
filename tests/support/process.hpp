// A real program under test: started with its own arguments and environment, its output kept in a file, ended by pid at
// the latest when the object goes. Made in the main thread (the kernel kills it when the thread that made it ends).
#pragma once
#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/temp_dir.hpp"

namespace plus7::test {

// A TCP port of 127.0.0.1 that the kernel chose and gives nobody else for a minute: a connection to it has just ended
// (TIME_WAIT). A server that listens with SO_REUSEADDR, as all here do, may have it at once.
std::uint16_t free_port();
bool accepts_connections(std::uint16_t port);  // on 127.0.0.1

class Process {
  public:
    using Environment = std::map<std::string, std::string>;  // added to ours
    static constexpr std::chrono::seconds limit{20};

    // Throws std::system_error when it cannot be started at all; a missing program is exit code 127.
    explicit Process(std::vector<std::string> argv, const Environment& environment = {},
                     const std::string& directory = {});
    ~Process();  // SIGKILL if it still runs
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    pid_t pid() const { return pid_; }
    bool running();
    void signal(int number);
    void kill();  // SIGKILL, and waits for its end
    // Exit code, or 128 + signal number; nothing if it still runs after the limit.
    std::optional<int> wait(std::chrono::milliseconds at_most = limit);

    std::string output() const;  // stdout and stderr so far
    std::vector<std::string> lines() const;
    // Waits until the output holds `text`; false when the program ends, or the time passes, without it.
    bool wait_for(std::string_view text, std::chrono::milliseconds at_most = limit);

  private:
    TempDir dir_;
    pid_t pid_ = -1;
    std::optional<int> exit_;
};

}  // namespace plus7::test
