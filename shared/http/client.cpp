#include "shared/http/client.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <map>
#include <mutex>

#include "shared/http/client_line.hpp"
#include "shared/http/uri.hpp"

namespace plus7::http {
namespace {

namespace beast = boost::beast;
using Clock = std::chrono::steady_clock;
using Parser = beast::http::response_parser<beast::http::string_body>;

constexpr std::size_t max_head = 64 * 1024;
constexpr int max_interim = 8;  // 1xx answers before the real one

std::string request_text(const Call& call, const Url& url, const std::string& user_agent) {
    std::string text =
        std::string(name_of(call.method)) + " " + url.target + " HTTP/1.1\r\nHost: " + url.host_header() + "\r\n";
    for (const auto& [name, value] : call.headers) {
        if (same_name(name, "Host") || same_name(name, "Content-Length") || same_name(name, "Connection")) continue;
        text += name + ": " + value + "\r\n";
    }
    if (!call.headers.has("User-Agent")) text += "User-Agent: " + user_agent + "\r\n";
    const bool has_body =
        !call.body.empty() || call.method == Method::post || call.method == Method::put || call.method == Method::patch;
    if (has_body) text += "Content-Length: " + std::to_string(call.body.size()) + "\r\n";
    return text + "\r\n" + call.body;
}

bool may_repeat(Method method) {
    return method == Method::get || method == Method::head || method == Method::put || method == Method::del;
}

// Reads one answer. `any_byte` tells whether the server has said anything; `keep` whether the line may be used again.
class AnswerReader {
  public:
    AnswerReader(Line& line, Deadline deadline, std::size_t max_body)
        : line_(line), deadline_(deadline), max_body_(max_body) {}

    core::Result<Reply> read(bool is_head) {
        for (int interim = 0; interim <= max_interim; ++interim) {
            Parser parser;
            parser.eager(true);
            parser.skip(is_head);
            parser.header_limit(max_head);
            parser.body_limit(max_body_);
            const auto parsed = parse(parser);
            if (!parsed) return parsed.error();
            if (parser.get().result_int() / 100 == 1 && parser.get().result_int() != 101) continue;
            keep = parser.keep_alive() && buffer_.size() == 0 && !ended_;
            return reply_of(parser);
        }
        return core::unavailable("the server gives only interim answers");
    }

    bool any_byte = false;
    bool keep = false;

  private:
    core::Status parse(Parser& parser) {
        while (!parser.is_done()) {
            boost::system::error_code failed;
            if (buffer_.size() > 0) buffer_.consume(parser.put(buffer_.data(), failed));
            if (failed == beast::http::error::need_more) failed = {};
            if (failed == beast::http::error::body_limit) {
                return core::limit("the answer is larger than " + std::to_string(max_body_) + " bytes");
            }
            if (failed) return core::unavailable("the answer breaks HTTP: " + failed.message());
            if (parser.is_done()) break;
            const auto more = fill();
            if (!more) return more.error();
            if (*more > 0) continue;
            ended_ = true;
            if (!parser.got_some()) return core::unavailable("the server closed the connection without an answer");
            parser.put_eof(failed);
            if (failed || !parser.is_done())
                return core::unavailable("the server closed the connection before the answer was whole");
        }
        return {};
    }

    core::Result<std::size_t> fill() {
        const auto space = buffer_.prepare(16 * 1024);
        auto got = line_.read_some({static_cast<char*>(space.data()), space.size()}, deadline_);
        if (!got) return got;
        buffer_.commit(*got);
        any_byte = any_byte || *got > 0;
        return got;
    }

    static core::Result<Reply> reply_of(Parser& parser) {
        Reply reply;
        reply.status = static_cast<int>(parser.get().result_int());
        try {
            for (const auto& field : parser.get()) reply.headers.add(field.name_string(), field.value());
        } catch (const std::invalid_argument&) {
            return core::unavailable("a header of the answer holds a control character");
        }
        reply.body = std::move(parser.get().body());
        return reply;
    }

    Line& line_;
    const Deadline deadline_;
    const std::size_t max_body_;
    beast::flat_buffer buffer_;
    bool ended_ = false;
};

}  // namespace

struct Client::State {
    struct Kept {
        std::unique_ptr<Line> line;
        Clock::time_point since;
    };
    ClientSettings settings;
    std::shared_ptr<TlsContext> tls;
    std::mutex lock;
    std::map<std::string, std::vector<Kept>> kept;

    // A kept line that is still good, the youngest first; null when there is none.
    std::unique_ptr<Line> take(const std::string& origin) {
        std::vector<Kept> stale;  // closed without the lock
        const std::lock_guard guard(lock);
        const auto found = kept.find(origin);
        if (found == kept.end()) return nullptr;
        auto& lines = found->second;
        while (!lines.empty()) {
            Kept last = std::move(lines.back());
            lines.pop_back();
            if (Clock::now() - last.since < settings.idle_for && last.line->is_quiet()) return std::move(last.line);
            stale.push_back(std::move(last));
        }
        kept.erase(found);
        return nullptr;
    }

    void give_back(const std::string& origin, std::unique_ptr<Line> line) {
        const std::lock_guard guard(lock);
        auto& lines = kept[origin];
        if (lines.size() < settings.max_idle) lines.push_back({std::move(line), Clock::now()});
    }

    core::Result<std::unique_ptr<Line>> connect(const Url& url, Deadline deadline) const {
        const auto until = std::min(deadline, Clock::now() + settings.connect_timeout);
        const bool secure = url.scheme == "https";
        auto tcp =
            TcpLine::connect(url.host, url.port, until, !secure && !settings.plain_anywhere, settings.allow_address);
        if (!tcp) return tcp.error();
        if (!secure) return std::unique_ptr<Line>(std::move(*tcp));
        return start_tls(*tls, std::move(*tcp), url.host, until);
    }

    struct Attempt {
        core::Result<Reply> reply;
        bool any_byte;
    };
    Attempt attempt(std::unique_ptr<Line> line, const Call& call, const Url& url, Deadline deadline) {
        AnswerReader reader(*line, deadline, settings.max_body);
        const auto sent = line->write_all(request_text(call, url, settings.user_agent), deadline);
        // A server that refuses a large body may answer and close before it has read it: its answer counts.
        auto reply = reader.read(call.method == Method::head);
        if (!sent && !reply) return {sent.error(), reader.any_byte};
        if (sent && reply && reader.keep) give_back(url.origin(), std::move(line));
        return {std::move(reply), reader.any_byte};
    }
};

Client::Client(std::unique_ptr<State> state) : state_(std::move(state)) {}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;
Client::~Client() = default;

core::Result<Client> Client::make(ClientSettings settings) {
    auto tls = make_tls_context(settings.trust);
    if (!tls) return tls.error();
    auto state = std::make_unique<State>();
    state->settings = std::move(settings);
    state->tls = std::move(*tls);
    return Client(std::move(state));
}

core::Result<Reply> Client::call(const Call& call) {
    const auto url = parse_url(call.url);
    if (!url) return url.error();
    const auto deadline = Clock::now() + call.total_timeout.value_or(state_->settings.total_timeout);
    auto context = [&](const core::Error& error) { return error.context(url->origin()); };
    if (auto line = state_->take(url->origin())) {
        auto first = state_->attempt(std::move(line), call, *url, deadline);
        if (first.reply) return std::move(first.reply);
        if (first.any_byte || !may_repeat(call.method) || Clock::now() >= deadline) return context(first.reply.error());
    }
    auto line = state_->connect(*url, deadline);
    if (!line) return context(line.error());
    auto attempt = state_->attempt(std::move(*line), call, *url, deadline);
    if (!attempt.reply) return context(attempt.reply.error());
    return std::move(attempt.reply);
}

}  // namespace plus7::http
