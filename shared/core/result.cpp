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

Error invalid(std::string message) { return {ErrorKind::invalid, std::move(message)}; }
Error not_found(std::string message) { return {ErrorKind::not_found, std::move(message)}; }
Error conflict(std::string message) { return {ErrorKind::conflict, std::move(message)}; }
Error denied(std::string message) { return {ErrorKind::denied, std::move(message)}; }
Error expired(std::string message) { return {ErrorKind::expired, std::move(message)}; }
Error unavailable(std::string message) { return {ErrorKind::unavailable, std::move(message)}; }
Error limit(std::string message) { return {ErrorKind::limit, std::move(message)}; }
Error full(std::string message) { return {ErrorKind::full, std::move(message)}; }
Error internal(std::string message) { return {ErrorKind::internal, std::move(message)}; }

BadResultAccess::BadResultAccess(const Error& error)
    : std::logic_error("value of a failed result: " + std::string(name_of(error.kind)) + ": " + error.message) {}

}  // namespace plus7::core
