#include "shared/core/result.hpp"

namespace plus7::core {

std::string_view name_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::invalid:
            return "invalid";
        case ErrorKind::not_found:
            return "not_found";
        case ErrorKind::conflict:
            return "conflict";
        case ErrorKind::denied:
            return "denied";
        case ErrorKind::expired:
            return "expired";
        case ErrorKind::unavailable:
            return "unavailable";
        case ErrorKind::limit:
            return "limit";
        case ErrorKind::full:
            return "full";
        case ErrorKind::internal:
            return "internal";
    }
    return "internal";
}

Error Error::context(std::string_view what) const { return {kind, std::string(what) + ": " + message}; }

Error invalid(std::string_view message) { return {ErrorKind::invalid, std::string(message)}; }
Error not_found(std::string_view message) { return {ErrorKind::not_found, std::string(message)}; }
Error conflict(std::string_view message) { return {ErrorKind::conflict, std::string(message)}; }
Error denied(std::string_view message) { return {ErrorKind::denied, std::string(message)}; }
Error expired(std::string_view message) { return {ErrorKind::expired, std::string(message)}; }
Error unavailable(std::string_view message) { return {ErrorKind::unavailable, std::string(message)}; }
Error limit(std::string_view message) { return {ErrorKind::limit, std::string(message)}; }
Error full(std::string_view message) { return {ErrorKind::full, std::string(message)}; }
Error internal(std::string_view message) { return {ErrorKind::internal, std::string(message)}; }

BadResultAccess::BadResultAccess(const Error& error)
    : std::logic_error("value of a failed result: " + std::string(name_of(error.kind)) + ": " + error.message) {}

}  // namespace plus7::core
