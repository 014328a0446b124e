// A program that runs under our care (the managed broker): its output comes line by line, its end is told, and it never
// outlives us. Made, used and destroyed on the loop thread, which must be the thread that lives longest: the kernel
// ends the child when the thread that started it ends (PR_SET_PDEATHSIG, prctl(2)). A program that changes its user
// undoes that.
#pragma once
#include <sys/types.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "shared/core/result.hpp"
#include "shared/runtime/loop.hpp"

namespace plus7::runtime {

struct ChildOptions {
    std::vector<std::string> argv;                   // argv[0] is looked up in PATH when it has no slash
    std::map<std::string, std::string> environment;  // added to ours
    std::string directory;                           // empty: ours
    int input = -1;                                  // becomes its standard input, stays the caller's; -1: nothing
    std::function<void(const std::string&)> on_stdout_line;
    std::function<void(const std::string&)> on_stderr_line;
};

struct ChildExit {
    std::optional<int> code;    // of exit()
    std::optional<int> signal;  // that ended it
};

class Child {
  public:
    // `unavailable` when the program cannot be started; the message names it and the cause. `on_exit` is called once,
    // on the loop, after the last line. A line longer than 16 KiB is cut into pieces.
    static core::Result<Child> start(Loop& loop, ChildOptions options, std::function<void(ChildExit)> on_exit);

    // Ends the whole process group at once (SIGKILL) if it still runs; no callback comes after that.
    ~Child();
    Child(Child&&) noexcept;
    Child& operator=(Child&&) noexcept;

    pid_t pid() const;
    bool running() const;
    void signal(int number);  // to the child alone; nothing when it has ended
    // SIGTERM now, SIGKILL to its group when it is still there after `grace`. `on_exit` tells the end.
    void terminate(std::chrono::milliseconds grace);

    struct State;

  private:
    explicit Child(std::shared_ptr<State> state);
    std::shared_ptr<State> state_;
};

}  // namespace plus7::runtime
