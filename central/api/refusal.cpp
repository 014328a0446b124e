#include "central/api/refusal.hpp"

#include <nlohmann/json.hpp>
#include <optional>

namespace plus7::central::api {
namespace {

struct Form {
    int status;
    const char* kind;
    const char* title;
};

Form form_of(Refused refused) {
    switch (refused) {
        case Refused::invalid:
            return {400, "invalid", "The request is not valid"};
        case Refused::unauthenticated:
            return {401, "unauthenticated", "Sign in"};
        case Refused::denied:
            return {403, "denied", "Not allowed"};
        case Refused::not_found:
            return {404, "not_found", "Not found"};
        case Refused::conflict:
            return {409, "conflict", "Not possible now"};
        case Refused::expired:
            return {410, "expired", "Not valid any more"};
        case Refused::stale:
            return {412, "stale", "Changed meanwhile"};
        case Refused::unconditional:
            return {428, "unconditional", "A header is missing"};
        case Refused::limit:
            return {429, "limit", "Too many or too much"};
        case Refused::unavailable:
            return {503, "unavailable", "Try again in a moment"};
        case Refused::full:
            return {507, "full", "The server has no room left: nothing was saved"};
        case Refused::internal:
            break;
    }
    return {500, "internal", "An error of the server"};
}

Refused refused_of(core::ErrorKind kind) {
    switch (kind) {
        case core::ErrorKind::invalid:
            return Refused::invalid;
        case core::ErrorKind::not_found:
            return Refused::not_found;
        case core::ErrorKind::conflict:
            return Refused::conflict;
        case core::ErrorKind::denied:
            return Refused::denied;
        case core::ErrorKind::expired:
            return Refused::expired;
        case core::ErrorKind::unavailable:
            return Refused::unavailable;
        case core::ErrorKind::limit:
            return Refused::limit;
        case core::ErrorKind::full:
            return Refused::full;
        case core::ErrorKind::internal:
            break;
    }
    return Refused::internal;
}

http::Response make(Refused kind, std::string_view detail, const std::vector<FieldFault>& fields,
                    std::optional<std::chrono::seconds> wait) {
    const auto form = form_of(kind);
    nlohmann::ordered_json body{{"type", std::string("urn:plus7:problem:") + form.kind},
                                {"title", form.title},
                                {"status", form.status},
                                {"kind", form.kind}};
    if (!detail.empty()) body["detail"] = detail;
    if (wait) body["retry_after_s"] = wait->count();
    for (const auto& fault : fields) {
        nlohmann::ordered_json one{{"field", fault.field}, {"code", fault.code}};
        if (!fault.detail.empty()) one["detail"] = fault.detail;
        body["fields"].push_back(std::move(one));
    }
    auto response = http::json(body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), form.status);
    response.with("Content-Type", "application/problem+json").with("Cache-Control", "no-store");
    if (wait) response.with("Retry-After", std::to_string(wait->count()));
    return response;
}

}  // namespace

http::Response refuse(Refused kind, std::string_view detail, const std::vector<FieldFault>& fields) {
    return make(kind, detail, fields, std::nullopt);
}

http::Response refuse(const core::Error& error) {
    const auto kind = refused_of(error.kind);
    if (kind != Refused::internal && kind != Refused::unavailable && kind != Refused::full) return refuse(kind, error.message);
    std::optional<std::chrono::seconds> wait;
    if (kind == Refused::unavailable) wait = std::chrono::seconds{5};
    auto response = make(kind, "", {}, wait);
    response.note = error.message;
    return response;
}

http::Response refuse_too_many(std::chrono::seconds wait) {
    return make(Refused::limit, "too many tries; wait a little", {}, wait);
}

}  // namespace plus7::central::api
