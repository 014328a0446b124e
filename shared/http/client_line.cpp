#include "shared/http/client_line.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace plus7::http {
namespace {

core::Error broken(std::string_view what, int number) {
    return core::unavailable(std::string(what) + ": " + std::generic_category().message(number));
}

// True when the descriptor is ready; false at the deadline.
bool wait_for(int fd, short events, Deadline deadline) {
    for (;;) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        if (left <= 0) return false;
        pollfd entry{fd, events, 0};
        const int ready = ::poll(&entry, 1, static_cast<int>(std::min<long long>(left, 60'000)));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category(), "poll");
    }
}

std::string numeric(const addrinfo& address) {
    char text[INET6_ADDRSTRLEN] = {};
    const void* raw = address.ai_family == AF_INET
                          ? static_cast<const void*>(&reinterpret_cast<sockaddr_in*>(address.ai_addr)->sin_addr)
                          : &reinterpret_cast<sockaddr_in6*>(address.ai_addr)->sin6_addr;
    return ::inet_ntop(address.ai_family, raw, text, sizeof text) ? text : "";
}

bool is_loopback(std::string_view address) {
    return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

core::Result<int> connect_to(const addrinfo& address, Deadline deadline) {
    const int fd = ::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) throw std::system_error(errno, std::generic_category(), "socket");
    int failed = ::connect(fd, address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno;
    if (failed == EINPROGRESS) {
        socklen_t size = sizeof failed;
        if (!wait_for(fd, POLLOUT, deadline)) {
            failed = ETIMEDOUT;
        } else {
            ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &failed, &size);
        }
    }
    if (failed != 0) {
        ::close(fd);
        return broken("cannot connect", failed);
    }
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

}  // namespace

core::Result<std::unique_ptr<TcpLine>> TcpLine::connect(const std::string& host, unsigned short port, Deadline deadline,
                                                        bool only_loopback,
                                                        const std::function<bool(std::string_view)>& allow) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    addrinfo* list = nullptr;
    const int failed = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
    if (failed != 0) return core::unavailable("the name " + host + " is not known now: " + ::gai_strerror(failed));
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owned(list, ::freeaddrinfo);
    int count = 0;
    for (const auto* at = list; at; at = at->ai_next) ++count;
    core::Error last = core::unavailable("the name " + host + " has no address");
    for (const auto* at = list; at; at = at->ai_next, --count) {
        const auto address = numeric(*at);
        if (only_loopback && !is_loopback(address)) {
            last = core::denied("plain HTTP is allowed to this machine only");
            continue;
        }
        if (allow && !allow(address)) {
            last = core::denied("connections to this address of " + host + " are not allowed");
            continue;
        }
        const auto now = std::chrono::steady_clock::now();  // an address that is silent leaves time for the next ones
        const auto fd = connect_to(*at, now + (deadline - now) / count);
        if (fd) return std::make_unique<TcpLine>(*fd);
        last = fd.error();
    }
    return last;
}

TcpLine::~TcpLine() { ::close(fd_); }

core::Status TcpLine::write_all(std::string_view bytes, Deadline deadline) {
    while (!bytes.empty()) {
        const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (!wait_for(fd_, POLLOUT, deadline)) return core::unavailable("timeout while sending");
        } else if (errno != EINTR) {
            return broken("the line broke while sending", errno);
        }
    }
    return {};
}

core::Result<std::size_t> TcpLine::read_some(std::span<char> into, Deadline deadline) {
    for (;;) {
        const auto got = ::recv(fd_, into.data(), into.size(), 0);
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (!wait_for(fd_, POLLIN, deadline)) return core::unavailable("timeout while waiting for the answer");
        } else if (errno != EINTR) {
            return broken("the line broke while waiting for the answer", errno);
        }
    }
}

bool TcpLine::is_quiet() const {
    pollfd entry{fd_, POLLIN, 0};
    return ::poll(&entry, 1, 0) == 0;
}

}  // namespace plus7::http
