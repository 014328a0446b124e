// What a client asked for, complete and decoded. A plain value: handlers on workers read it, nobody else touches it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/core/bytes.hpp"
#include "shared/http/headers.hpp"
#include "shared/http/uri.hpp"

namespace plus7::http {

enum class Method { get, head, post, put, patch, del, options };
std::string_view name_of(Method method);                 // "GET", …, "DELETE"
std::optional<Method> method_of(std::string_view name);  // exact case, as HTTP wants it

struct Peer {
    std::string address;     // numeric; of the client itself when a trusted proxy named it; empty on a unix socket
    std::uint16_t port = 0;  // of the connection
    std::optional<std::uint32_t> uid;  // of the process at the other end of a unix socket (SO_PEERCRED)
    bool secure = false;               // a trusted proxy said X-Forwarded-Proto: https
};

struct Request {
    Method method = Method::get;
    std::string path;                   // as sent, without the query
    std::vector<std::string> segments;  // of the path, decoded
    Query query;
    Headers headers;
    std::string body;  // bytes
    Peer peer;
    std::string id;  // of this request; in the answer's X-Request-Id and in logs
    std::vector<std::pair<std::string, std::string>> params;  // of the route's pattern, decoded

    // The route's parameter; throws std::out_of_range when the pattern has none of that name (a bug).
    const std::string& param(std::string_view name) const;
    std::optional<std::string_view> query_value(std::string_view name) const;  // the first
    std::vector<std::string_view> query_values(std::string_view name) const;
    std::optional<std::string_view> header(std::string_view name) const { return headers.get(name); }
    std::optional<std::string_view> cookie(std::string_view name) const;  // the first
    core::ByteView body_bytes() const { return core::view_of(body); }
    bool is_read() const { return method == Method::get || method == Method::head; }
};

// A request for `target` as the server would make it of a connection; for tests and for calls inside the process.
core::Result<Request> make_request(Method method, std::string_view target, Headers headers = {}, std::string body = {});

}  // namespace plus7::http
