#include "agent/camera/reader_line.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace plus7::agent::camera {
namespace {

using Clock = std::chrono::steady_clock;
using Until = std::optional<Clock::time_point>;
using std::chrono::milliseconds;

constexpr std::uint8_t bars = 'b', matrix = 'm';

core::Error broken() { return core::unavailable("the line to the reader: " + std::string(std::strerror(errno))); }

Until until(ReaderLine::Within within) { return within ? Until(Clock::now() + *within) : std::nullopt; }

core::Status wait(int fd, short events, Until end) {
    for (;;) {
        const auto left = end ? std::chrono::ceil<milliseconds>(*end - Clock::now()).count() : -1;
        if (end && left <= 0) return core::unavailable("the reader does not answer in time");
        pollfd one{fd, events, 0};
        const int ready = ::poll(&one, 1, static_cast<int>(left));
        if (ready > 0) return {};
        if (ready < 0 && errno != EINTR) return broken();
    }
}

// All of it, by whatever pieces the socket takes: `act` is send or recv of so many bytes from there on.
template <typename Act>
core::Status whole(int fd, short events, std::size_t size, Until end, const Act& act) {
    for (std::size_t at = 0; at < size;) {
        if (auto ready = wait(fd, events, end); !ready) return ready;
        const auto moved = act(at);
        if (moved == 0) return core::unavailable("the other side has hung up");
        if (moved > 0) at += static_cast<std::size_t>(moved);
        if (moved < 0 && errno != EINTR && errno != EAGAIN) return broken();
    }
    return {};
}

core::Status send_all(int fd, core::ByteView bytes, Until end) {
    return whole(fd, POLLOUT, bytes.size(), end, [&](std::size_t at) {
        return ::send(fd, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL | MSG_DONTWAIT);
    });
}

core::Status receive_all(int fd, std::uint8_t* to, std::size_t size, Until end) {
    return whole(fd, POLLIN, size, end, [&](std::size_t at) { return ::recv(fd, to + at, size - at, MSG_DONTWAIT); });
}

}  // namespace

ReaderLine::~ReaderLine() { ::close(fd_); }

core::Result<ReaderLine::Pair> ReaderLine::pair() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return broken();
    return Pair{std::make_shared<ReaderLine>(ends[0]), std::make_shared<ReaderLine>(ends[1])};
}

core::Status ReaderLine::send(core::ByteView message, Within within) {
    const auto end = until(within);
    std::array<std::uint8_t, 4> length{};
    for (std::size_t i = 0; i < length.size(); ++i) length[i] = static_cast<std::uint8_t>(message.size() >> 8 * i);
    if (auto sent = send_all(fd_, length, end); !sent) return sent;
    return send_all(fd_, message, end);
}

core::Result<core::Bytes> ReaderLine::receive(std::size_t most, Within within) {
    const auto end = until(within);
    std::array<std::uint8_t, 4> length{};
    if (const auto got = receive_all(fd_, length.data(), length.size(), end); !got) return got.error();
    std::size_t size = 0;
    for (std::size_t i = 0; i < length.size(); ++i) size |= std::size_t{length[i]} << 8 * i;
    if (size > most) return core::unavailable("the other side says what it should not");
    core::Bytes message(size);
    if (const auto got = receive_all(fd_, message.data(), size, end); !got) return got.error();
    return message;
}

void ReaderLine::hang_up() { ::shutdown(fd_, SHUT_RDWR); }

core::Result<std::optional<Symbol>> ReaderLine::ask(core::ByteView picture, milliseconds within) {
    const auto began = Clock::now();
    if (const auto sent = send(picture, within); !sent) return sent.error();
    const auto used = std::chrono::duration_cast<milliseconds>(Clock::now() - began);
    const auto answer = receive(1 + most_code, within - used);
    if (!answer) return answer.error();
    const bool is_known =
        answer->empty() || (answer->size() > 1 && (answer->front() == bars || answer->front() == matrix));
    if (!is_known) return core::unavailable("the other side says what it should not");
    answered_ = true;
    if (answer->empty()) return std::optional<Symbol>();
    return std::optional(Symbol{core::Bytes(answer->begin() + 1, answer->end()), answer->front() == bars});
}

core::Bytes answer_of(const std::optional<Symbol>& symbol) {
    core::Bytes answer;
    if (!symbol || symbol->code.empty() || symbol->code.size() > ReaderLine::most_code) return answer;
    answer.push_back(symbol->linear ? bars : matrix);
    answer.insert(answer.end(), symbol->code.begin(), symbol->code.end());
    return answer;
}

}  // namespace plus7::agent::camera
