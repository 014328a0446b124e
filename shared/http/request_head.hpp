// From the head that Beast has parsed to our Request, with the checks that Beast leaves to us. Private to shared/http;
// pure.
#pragma once
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <variant>

#include "shared/http/request.hpp"
#include "shared/http/response.hpp"
#include "shared/http/trusted_proxies.hpp"

namespace plus7::http {

// 16 hex digits; random, of no meaning.
std::string new_request_id();

// The request without its body, or why it cannot be taken: 400 (no or several Host or Content-Length, any other coding
// than one "chunked", control characters, a target that is no clean path), 501 (unknown method).
std::variant<Request, Response> to_request(const boost::beast::http::request<boost::beast::http::string_body>& message,
                                           Peer peer, const TrustedProxies& trusted);

}  // namespace plus7::http
