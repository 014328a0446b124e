#include "shared/runtime/child.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>
#include <utility>

#include "shared/runtime/log.hpp"

extern char** environ;  // NOLINT: POSIX name

namespace plus7::runtime {
namespace {

constexpr std::size_t max_line = 16 * 1024;

class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() { close(); }
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(fd_, other.fd_);
        return *this;
    }
    int get() const { return fd_; }
    void close() {
        if (fd_ >= 0) ::close(std::exchange(fd_, -1));
    }

  private:
    int fd_ = -1;
};

struct Pipe {
    Descriptor read, write;
    Pipe() {
        std::array<int, 2> ends{};
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe2");
        read = Descriptor(ends[0]);
        write = Descriptor(ends[1]);
    }
};

// One output of the child, cut into lines.
struct LineReader {
    Descriptor fd;
    std::string partial;
    std::function<void(const std::string&)> on_line;
    Watch watch;

    // Reads what is there; false at the end of the stream.
    bool read_available() {
        std::array<char, 4096> buffer{};
        for (;;) {
            const auto size = ::read(fd.get(), buffer.data(), buffer.size());
            if (size > 0) {
                take({buffer.data(), static_cast<std::size_t>(size)});
            } else if (size < 0 && errno == EINTR) {
                continue;
            } else {
                return size < 0 && errno == EAGAIN;
            }
        }
    }

    void take(std::string_view bytes) {
        for (const char c : bytes) {
            if (c != '\n') partial += c;
            if (c == '\n' || partial.size() >= max_line) flush();
        }
    }

    void flush() {
        const auto line = std::exchange(partial, {});
        if (on_line) on_line(line);
    }
};

// Everything the child needs is prepared before fork(): after it only async-signal-safe calls are allowed.
struct ExecPlan {
    std::vector<std::string> words;
    std::vector<char*> argv;
    std::vector<char*> envp;
    std::string directory;
    int input;

    explicit ExecPlan(const ChildOptions& options) : directory(options.directory), input(options.input) {
        words = options.argv;
        const auto arguments = words.size();
        for (char** entry = environ; *entry != nullptr; ++entry) {
            const std::string_view row = *entry;
            const auto key = std::string(row.substr(0, row.find('=')));
            if (!options.environment.contains(key)) words.emplace_back(row);
        }
        for (const auto& [key, value] : options.environment) words.push_back(key + "=" + value);
        for (std::size_t i = 0; i < words.size(); ++i) (i < arguments ? argv : envp).push_back(words[i].data());
        argv.push_back(nullptr);
        envp.push_back(nullptr);
    }
};

[[noreturn]] void become(const ExecPlan& plan, int out, int err, int report, pid_t parent) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    ::signal(SIGPIPE, SIG_DFL);
    const int input = plan.input >= 0 ? plan.input : ::open("/dev/null", O_RDONLY);
    const bool ready = ::getppid() == parent && input >= 0 && ::dup2(input, 0) >= 0 && ::dup2(out, 1) >= 0 &&
                       ::dup2(err, 2) >= 0 && (plan.directory.empty() || ::chdir(plan.directory.c_str()) == 0);
    if (ready) ::execvpe(plan.argv[0], plan.argv.data(), plan.envp.data());
    const int error = errno;
    [[maybe_unused]] const auto written = ::write(report, &error, sizeof error);
    ::_exit(127);
}

}  // namespace

struct Child::State {
    explicit State(Loop& owner) : loop(owner) {}
    Loop& loop;
    pid_t pid = -1;
    Descriptor pidfd;
    LineReader out, err;
    Watch exit_watch;
    Timer kill_timer;
    std::function<void(ChildExit)> on_exit;
    bool running = true;

    // The child has ended: takes its status, its last lines, and tells. Holds itself: `on_exit` may drop the Child.
    void reap() {
        int status = 0;
        pid_t ended = 0;
        do {
            ended = ::waitpid(pid, &status, 0);
        } while (ended < 0 && errno == EINTR);
        running = false;
        exit_watch.cancel();
        kill_timer.cancel();
        ChildExit exit;
        if (WIFEXITED(status)) exit.code = WEXITSTATUS(status);
        if (WIFSIGNALED(status)) exit.signal = WTERMSIG(status);
        for (auto* reader : {&out, &err}) {
            reader->watch.cancel();
            reader->read_available();
            if (!reader->partial.empty()) reader->flush();
        }
        if (on_exit) on_exit(exit);
    }

    ~State() {
        if (!running) return;
        ::kill(-pid, SIGKILL);
        ::kill(pid, SIGKILL);
        while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
        }
    }
};

namespace {

void watch_lines(const std::shared_ptr<Child::State>& state, LineReader Child::State::*which) {
    auto& reader = (*state).*which;
    ::fcntl(reader.fd.get(), F_SETFL, O_NONBLOCK);
    reader.watch = state->loop.watch_read(reader.fd.get(), [weak = std::weak_ptr(state), which] {
        const auto self = weak.lock();
        if (self && !((*self).*which).read_available()) ((*self).*which).watch.cancel();
    });
}

}  // namespace

core::Result<Child> Child::start(Loop& loop, ChildOptions options, std::function<void(ChildExit)> on_exit) {
    if (options.argv.empty()) return core::invalid("no program given");
    Pipe out, err, report;
    const ExecPlan plan(options);
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid < 0) return core::unavailable("fork: " + std::string(std::strerror(errno)));
    if (pid == 0) become(plan, out.write.get(), err.write.get(), report.write.get(), parent);
    ::setpgid(pid, pid);  // in both, so that it holds whoever runs first

    auto state = std::make_shared<State>(loop);
    state->pid = pid;
    report.write.close();
    int error = 0;
    ssize_t size = 0;
    do {
        size = ::read(report.read.get(), &error, sizeof error);
    } while (size < 0 && errno == EINTR);
    if (size == sizeof error) return core::unavailable("cannot start " + options.argv[0] + ": " + std::strerror(error));

    // By number: <sys/pidfd.h> of glibc 2.36 declares the function without C linkage.
    state->pidfd = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
    if (state->pidfd.get() < 0) throw std::system_error(errno, std::generic_category(), "pidfd_open");
    state->on_exit = std::move(on_exit);
    state->out.fd = std::move(out.read);
    state->out.on_line = std::move(options.on_stdout_line);
    state->err.fd = std::move(err.read);
    state->err.on_line = std::move(options.on_stderr_line);
    watch_lines(state, &State::out);
    watch_lines(state, &State::err);
    state->exit_watch = loop.watch_read(state->pidfd.get(), [weak = std::weak_ptr(state)] {
        if (const auto self = weak.lock()) self->reap();
    });
    return Child(std::move(state));
}

Child::Child(std::shared_ptr<State> state) : state_(std::move(state)) {}
Child::~Child() = default;
Child::Child(Child&&) noexcept = default;
Child& Child::operator=(Child&&) noexcept = default;

pid_t Child::pid() const { return state_->pid; }
bool Child::running() const { return state_->running; }

void Child::signal(int number) {
    if (state_->running) ::kill(state_->pid, number);
}

void Child::terminate(std::chrono::milliseconds grace) {
    if (!state_->running) return;
    ::kill(state_->pid, SIGTERM);
    state_->kill_timer = state_->loop.after(grace, [weak = std::weak_ptr(state_)] {
        const auto self = weak.lock();
        if (!self || !self->running) return;
        log_warning("a child did not end in time and is killed", {{"pid", self->pid}});
        ::kill(-self->pid, SIGKILL);
    });
}

}  // namespace plus7::runtime
