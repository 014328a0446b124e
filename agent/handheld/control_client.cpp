#include "agent/handheld/control_client.hpp"

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <system_error>

#include "shared/http/headers.hpp"

namespace plus7::agent::handheld {
namespace {

constexpr std::size_t max_head = 64 * 1024;
constexpr std::size_t max_body = 4 << 20;  // of an answer that is held in memory

std::string reason_of(int number) { return std::generic_category().message(number); }

class Connection {
  public:
    Connection() : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        if (fd_ < 0) throw std::system_error(errno, std::generic_category(), "socket");
        const timeval silence{ControlClient::limit.count(), 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof silence);
        ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &silence, sizeof silence);
    }
    ~Connection() { ::close(fd_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    core::Status connect(const std::filesystem::path& path) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        if (path.native().size() >= sizeof address.sun_path) return core::invalid("the socket's path is too long");
        std::memcpy(address.sun_path, path.c_str(), path.native().size());
        if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return {};
        const int failed = errno;
        if (failed == ENOENT || failed == ECONNREFUSED) return core::not_found("no agent is running");
        if (failed == EACCES || failed == EPERM) return core::denied("only root and the agent's own user may do this");
        return core::unavailable("the agent cannot be reached: " + reason_of(failed));
    }

    // An agent that refuses early may close before it has read everything: what it answers counts, not this.
    void send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno == EINTR) continue;
            if (sent <= 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    core::Result<std::string_view> receive() {  // empty: the end
        for (;;) {
            const auto got = ::recv(fd_, buffer_.data(), buffer_.size(), 0);
            if (got >= 0) return std::string_view(buffer_.data(), static_cast<std::size_t>(got));
            if (errno == EINTR) continue;
            if (errno == EAGAIN || errno == EWOULDBLOCK) return core::unavailable("the agent does not answer");
            return core::unavailable("the agent ended before it answered");
        }
    }

  private:
    const int fd_;
    std::array<char, 16 * 1024> buffer_{};
};

struct Head {
    int status = 0;
    std::optional<std::uint64_t> length;
};

template <typename Number>
std::optional<Number> number_in(std::string_view text) {
    Number value = 0;
    const auto end = text.data() + text.size();
    const auto [at, failed] = std::from_chars(text.data(), end, value);
    if (failed != std::errc{} || at != end) return std::nullopt;
    return value;
}

std::optional<Head> parse_head(std::string_view text) {
    constexpr std::string_view start = "HTTP/1.1 ";
    if (!text.starts_with(start) || text.size() < start.size() + 3) return std::nullopt;
    const auto status = number_in<int>(text.substr(start.size(), 3));
    if (!status) return std::nullopt;
    Head head{*status, std::nullopt};
    for (auto at = text.find("\r\n"); at != std::string_view::npos; at = text.find("\r\n", at + 2)) {
        const auto line = text.substr(at + 2, text.find("\r\n", at + 2) - at - 2);
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || !http::same_name(line.substr(0, colon), "Content-Length")) continue;
        head.length = number_in<std::uint64_t>(http::trimmed(line.substr(colon + 1)));
    }
    return head;
}

using Sink = std::function<core::Status(std::string_view)>;

// The head, then the body: to `sink` when the status is 200 and there is one, else into the reply.
core::Result<ControlReply> read_reply(Connection& connection, const Sink& sink) {
    std::string head_text;
    std::size_t head_end = std::string::npos;
    while ((head_end = head_text.find("\r\n\r\n")) == std::string::npos) {
        const auto piece = connection.receive();
        if (!piece) return piece.error();
        if (piece->empty() || head_text.size() > max_head)
            return core::unavailable("the agent ended before it answered");
        head_text += *piece;
    }
    const auto head = parse_head(std::string_view(head_text).substr(0, head_end));
    if (!head) return core::unavailable("what answers there is no agent");
    ControlReply reply{head->status, {}};
    std::uint64_t got = 0;
    const auto take = [&](std::string_view bytes) -> core::Status {
        got += bytes.size();
        if (sink && reply.status == 200) return sink(bytes);
        if (got > max_body) return core::limit("the agent's answer is too large");
        reply.body += bytes;
        return {};
    };
    if (const auto taken = take(std::string_view(head_text).substr(head_end + 4)); !taken) return taken.error();
    for (;;) {
        const auto piece = connection.receive();
        if (!piece) return piece.error();
        if (piece->empty()) break;
        if (const auto taken = take(*piece); !taken) return taken.error();
    }
    if (head->length && got != *head->length) return core::unavailable("the agent ended in the middle of its answer");
    return reply;
}

core::Result<ControlReply> exchange(const std::filesystem::path& socket, const std::string& request, const Sink& sink) {
    Connection connection;
    if (const auto connected = connection.connect(socket); !connected) return connected.error();
    connection.send(request);
    return read_reply(connection, sink);
}

std::string request_text(std::string_view method, std::string_view path, std::string_view content_type,
                         std::string_view body) {
    std::string text = std::string(method) + " " + std::string(path) + " HTTP/1.0\r\nHost: localhost\r\n";
    if (!content_type.empty()) text += "Content-Type: " + std::string(content_type) + "\r\n";
    if (method == "POST") text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return text + "\r\n" + std::string(body);
}

}  // namespace

core::Result<ControlReply> ControlClient::get(std::string_view path) const {
    return exchange(socket_, request_text("GET", path, {}, {}), {});
}

core::Result<ControlReply> ControlClient::post(std::string_view path, std::string_view content_type,
                                               std::string_view body) const {
    return exchange(socket_, request_text("POST", path, content_type, body), {});
}

core::Result<ControlReply> ControlClient::download(std::string_view path, const Sink& sink) const {
    return exchange(socket_, request_text("POST", path, {}, {}), sink);
}

}  // namespace plus7::agent::handheld
