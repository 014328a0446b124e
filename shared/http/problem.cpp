#include "shared/http/problem.hpp"

#include <nlohmann/json.hpp>

namespace plus7::http {

int status_of(core::ErrorKind kind) {
    switch (kind) {
        case core::ErrorKind::invalid:
            return 422;
        case core::ErrorKind::not_found:
            return 404;
        case core::ErrorKind::conflict:
            return 409;
        case core::ErrorKind::denied:
            return 403;
        case core::ErrorKind::expired:
            return 410;
        case core::ErrorKind::unavailable:
            return 503;
        case core::ErrorKind::limit:
            return 429;
        case core::ErrorKind::full:
            return 507;
        case core::ErrorKind::internal:
            return 500;
    }
    return 500;
}

Response problem(const core::Error& error, const Request& request) {
    const bool own_fault = error.kind == core::ErrorKind::internal;
    auto response =
        problem(status_of(error.kind), own_fault ? "an error of the server; quote the request id" : error.message,
                request.id, core::name_of(error.kind));
    if (own_fault) response.note = error.message;
    if (error.kind == core::ErrorKind::unavailable) response.with("Retry-After", "5");
    if (error.kind == core::ErrorKind::limit) response.with("Retry-After", "1");
    return response;
}

Response problem(int status, std::string_view detail, std::string_view request_id, std::string_view kind) {
    nlohmann::ordered_json body{
        {"type", "about:blank"}, {"title", reason_of(status)}, {"status", status}, {"detail", detail}};
    if (!kind.empty()) body["kind"] = kind;
    if (!request_id.empty()) body["request_id"] = request_id;
    auto response = json(body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), status);
    return response.with("Content-Type", "application/problem+json").with("Cache-Control", "no-store");
}

}  // namespace plus7::http
