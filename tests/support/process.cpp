#include "tests/support/process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <fstream>
#include <sstream>
#include <system_error>

#include "tests/support/eventually.hpp"

extern char** environ;  // NOLINT: POSIX name

namespace plus7::test {
namespace {

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

int need(int result, const char* what) {
    if (result < 0) throw std::system_error(errno, std::generic_category(), what);
    return result;
}

struct Socket {
    int fd;
    Socket() : Socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
    explicit Socket(int opened) : fd(need(opened, "socket")) {}
    ~Socket() { ::close(fd); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;
};

[[noreturn]] void become(char* const* argv, char* const* envp, const char* directory, int out, pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int nothing = ::open("/dev/null", O_RDONLY);
    const bool ready = ::getppid() == parent && ::dup2(nothing, 0) >= 0 && ::dup2(out, 1) >= 0 && ::dup2(out, 2) >= 0 &&
                       (*directory == '\0' || ::chdir(directory) == 0);
    if (ready) ::execvpe(argv[0], argv, envp);
    ::_exit(127);
}

}  // namespace

std::uint16_t free_port() {
    const Socket listener;
    auto address = loopback(0);
    auto* name = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    const int reuse = 1;
    need(::setsockopt(listener.fd, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse), "SO_REUSEADDR");
    need(::bind(listener.fd, name, size), "bind");
    need(::getsockname(listener.fd, name, &size), "getsockname");
    need(::listen(listener.fd, 1), "listen");
    const Socket caller;
    need(::connect(caller.fd, name, size), "connect");
    const Socket called(::accept4(listener.fd, nullptr, nullptr, SOCK_CLOEXEC));  // closed first: its end waits
    return ntohs(address.sin_port);
}

bool accepts_connections(std::uint16_t port) {
    const Socket socket;
    const auto address = loopback(port);
    return ::connect(socket.fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

Process::Process(std::vector<std::string> argv, const Environment& environment, const std::string& directory) {
    std::vector<std::string> rows;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string row = *entry;
        if (!environment.contains(row.substr(0, row.find('=')))) rows.push_back(row);
    }
    for (const auto& [key, value] : environment) rows.push_back(key + "=" + value);
    std::vector<char*> words, envp;
    for (auto& word : argv) words.push_back(word.data());
    for (auto& row : rows) envp.push_back(row.data());
    words.push_back(nullptr);
    envp.push_back(nullptr);

    const int out = ::open(dir_.file("output").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    const pid_t parent = ::getpid();
    pid_ = out < 0 ? -1 : ::fork();
    if (pid_ == 0) become(words.data(), envp.data(), directory.c_str(), out, parent);
    const int error = errno;
    if (out >= 0) ::close(out);
    if (pid_ < 0) throw std::system_error(error, std::generic_category(), "cannot start a process");
}

Process::~Process() { kill(); }

bool Process::running() { return !wait(std::chrono::milliseconds{0}); }

void Process::signal(int number) {
    if (running()) ::kill(pid_, number);
}

void Process::kill() {
    signal(SIGKILL);
    wait();
}

std::optional<int> Process::wait(std::chrono::milliseconds at_most) {
    eventually(
        [&] {
            int status = 0;
            if (exit_ || ::waitpid(pid_, &status, WNOHANG) != pid_) return exit_.has_value();
            exit_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            return true;
        },
        at_most);
    return exit_;
}

std::string Process::output() const {
    std::ostringstream text;
    text << std::ifstream(dir_.file("output")).rdbuf();
    return text.str();
}

std::vector<std::string> Process::lines() const {
    std::vector<std::string> lines;
    std::istringstream text(output());
    for (std::string line; std::getline(text, line);) lines.push_back(line);
    return lines;
}

bool Process::wait_for(std::string_view text, std::chrono::milliseconds at_most) {
    bool found = false;
    eventually(
        [&] {
            const bool ended = !running();  // asked before the output is read: what it wrote last is not missed
            found = output().find(text) != std::string::npos;
            return found || ended;
        },
        at_most);
    return found;
}

}  // namespace plus7::test
