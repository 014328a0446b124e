#include "shared/http/conditional.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

#include "shared/core/bytes.hpp"
#include "shared/http/problem.hpp"

namespace plus7::http {
namespace {

// The tag without W/, quotes and the suffix of gzip.
std::string_view state_of(std::string_view tag) {
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag.size() < 2 || tag.front() != '"' || tag.back() != '"') return {};
    tag = tag.substr(1, tag.size() - 2);
    if (tag.ends_with("-gz")) tag.remove_suffix(3);
    return tag;
}

}  // namespace

std::string etag_of(std::string_view bytes) {
    std::array<std::uint8_t, 32> hash{};
    unsigned size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), hash.data(), &size, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("SHA-256 is not available");
    }
    return '"' + core::to_base64url(core::ByteView(hash).first(16)) + '"';
}

std::string etag_of_version(std::int64_t version) { return "\"v" + std::to_string(version) + '"'; }

bool lists_etag(std::string_view list, std::string_view etag) {
    for (const auto item : list_items(list)) {
        if (item == "*" || (!state_of(item).empty() && state_of(item) == state_of(etag))) return true;
    }
    return false;
}

void apply_not_modified(const Request& request, Response& response) {
    const auto etag = response.headers.get("ETag");
    const auto list = request.header("If-None-Match");
    if (response.status != 200 || !request.is_read() || !etag || !list || !lists_etag(*list, *etag)) return;
    response.status = 304;
    response.body.clear();
    response.stream.reset();
    response.headers.remove("Content-Type");
    response.headers.remove("Content-Encoding");
}

std::optional<Response> check_if_match(const Request& request, std::string_view current_etag, bool required) {
    const auto list = request.header("If-Match");
    if (list && lists_etag(*list, current_etag)) return std::nullopt;
    if (list) return problem(412, "it has changed since it was read; read it again", request.id, "conflict");
    if (!required) return std::nullopt;
    return problem(428, "If-Match with the ETag that was read is required", request.id);
}

}  // namespace plus7::http
