#include "agent/handheld/routes.hpp"

#include <unistd.h>

#include "agent/app/sign_in.hpp"
#include "agent/handheld/answers.hpp"
#include "agent/handheld/work_routes.hpp"
#include "shared/http/problem.hpp"

namespace plus7::agent::handheld {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr std::size_t scan_body_limit = 16 * 1024;
constexpr std::size_t small_body_limit = 1024;

// The code as raw bytes (application/octet-stream), or as text in JSON.
core::Result<core::Bytes> code_of(const Request& request) {
    if (request.headers.get_or("Content-Type", "") == "application/octet-stream") {
        return core::copy_of(request.body_bytes());
    }
    return read_scan_request(request.body);
}

Response scan(const Desk& desk, const Request& request) {
    const auto code = code_of(request);
    if (!code) return http::problem(code.error(), request);
    const auto scanned = desk.scanning.scan(*code);
    if (!scanned) return http::problem(scanned.error(), request);
    return http::json(to_json(*scanned), scanned->repeated ? 200 : 201);
}

Response start_shift(const Desk& desk, const Request& request) {
    const auto shift = desk.sign_in.start_shift();
    if (!shift) return http::problem(shift.error(), request);
    return http::json(to_json(*shift), 201);
}

Response give_pin(const Desk& desk, const Request& request) {
    const auto pin = read_pin_request(request.body);
    if (!pin) return http::problem(pin.error(), request);
    const auto right = desk.sign_in.pin(*pin);
    if (!right) return http::problem(right.error(), request);
    return http::no_content();
}

Response end_shift(const Desk& desk, const Request& request) {
    const auto ended = desk.shift.end();
    if (!ended) return http::problem(ended.error(), request);
    return http::json(to_json(*ended));
}

Response start_break(const Desk& desk, const Request& request) {
    const auto rest = desk.shift.start_break();
    if (!rest) return http::problem(rest.error(), request);
    return http::json(to_json(*rest), 201);
}

Response end_break(const Desk& desk, const Request& request) {
    const auto back = desk.shift.end_break();
    if (!back) return http::problem(back.error(), request);
    return http::no_content();
}

Response export_custody(const Desk& desk) {
    std::shared_ptr<CustodyFile> file = desk.custody_file();
    http::Stream stream;
    stream.pull = [file]() -> core::Result<std::string> { return file->next(); };
    return http::streamed(std::move(stream), "application/jsonl");
}

Response metrics(const Desk& desk) {
    auto page = http::plain(desk.metrics());
    return page.with("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
}

Response only_for_us(const Request& request, const http::Route*, const http::Next& next) {
    const auto uid = request.peer.uid;
    if (uid && (*uid == 0 || *uid == ::geteuid())) return next();
    return http::problem(core::denied("this socket serves the agent's own user and root only"), request);
}

}  // namespace

std::vector<http::Route> shift_routes(const Desk& desk) {
    return {
        {Method::post, "/sign-in/pin", [&desk](const Request& request) { return give_pin(desk, request); },
         small_body_limit},
        {Method::post, "/shift/start", [&desk](const Request& request) { return start_shift(desk, request); },
         small_body_limit},
        {Method::post, "/shift/end", [&desk](const Request& request) { return end_shift(desk, request); },
         small_body_limit},
        {Method::post, "/break/start", [&desk](const Request& request) { return start_break(desk, request); },
         small_body_limit},
        {Method::post, "/break/end", [&desk](const Request& request) { return end_break(desk, request); },
         small_body_limit},
    };
}

http::Router control_router(const Desk& desk) {
    std::vector<http::Route> routes{
        {Method::get, "/status", [&desk](const Request&) { return http::json(to_json(desk.status())); }},
        {Method::get, "/metrics", [&desk](const Request&) { return metrics(desk); }},
        {Method::post, "/scan", [&desk](const Request& request) { return scan(desk, request); }, scan_body_limit},
        {Method::post, "/export", [&desk](const Request&) { return export_custody(desk); }, small_body_limit},
    };
    for (auto& route : shift_routes(desk)) routes.push_back(std::move(route));
    for (auto& route : work_routes(desk)) routes.push_back(std::move(route));
    auto router = http::Router::build(std::move(routes)).value();
    router.around(only_for_us);
    return router;
}

}  // namespace plus7::agent::handheld
