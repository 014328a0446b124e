#include "shared/http/request_head.hpp"

#include <algorithm>
#include <stdexcept>

#include "shared/core/random.hpp"
#include "shared/http/problem.hpp"

namespace plus7::http {
namespace {

bool is_request_id(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '-';
    };
    return text.size() >= 8 && text.size() <= 64 && std::all_of(text.begin(), text.end(), fits);
}

// What two readers of one message could understand differently is refused (request smuggling, RFC 9112 §6.3).
std::string_view fault_of_framing(const Headers& headers, unsigned version) {
    if (headers.all("Host").size() > 1 || (version == 11 && !headers.has("Host")))
        return "exactly one Host header is required";
    const auto codings = headers.all("Transfer-Encoding");
    const auto lengths = headers.all("Content-Length");
    if (lengths.size() > 1 || (!lengths.empty() && !codings.empty())) return "the length of the body is given twice";
    // A list of equal numbers is allowed by RFC 9110 §8.6, but a reader before us may take the first one only.
    if (!lengths.empty() && lengths.front().find_first_not_of("0123456789") != std::string_view::npos) {
        return "the length of the body is no number";
    }
    if (codings.size() > 1 || (!codings.empty() && (!same_name(codings.front(), "chunked") || version != 11))) {
        return "this transfer coding is not supported";
    }
    return {};
}

void read_forwarded(Request& request, const TrustedProxies& trusted) {
    if (request.peer.uid || !trusted.trusts(request.peer.address)) return;
    request.peer.secure = same_name(request.headers.get_or("X-Forwarded-Proto", ""), "https");
    request.peer.address = trusted.client_of(request.peer.address, request.headers.all("X-Forwarded-For"));
    const auto id = request.header("X-Request-Id");
    if (id && is_request_id(*id)) request.id = *id;
}

}  // namespace

std::string new_request_id() { return core::to_hex(core::random_bytes(8)); }

std::variant<Request, Response> to_request(const boost::beast::http::request<boost::beast::http::string_body>& message,
                                           Peer peer, const TrustedProxies& trusted) {
    Headers headers;
    try {
        for (const auto& field : message) headers.add(field.name_string(), field.value());
    } catch (const std::invalid_argument&) {
        return problem(400, "a header holds a control character");
    }
    const auto fault = fault_of_framing(headers, message.version());
    if (!fault.empty()) return problem(400, fault);
    const auto method = method_of(message.method_string());
    if (!method) return problem(501, "this method is not known here");
    auto made = make_request(*method, message.target(), std::move(headers));
    if (!made) return problem(400, made.error().message);
    Request request = std::move(*made);
    request.peer = std::move(peer);
    request.id = new_request_id();
    read_forwarded(request, trusted);
    return request;
}

}  // namespace plus7::http
