#include "shared/crypto/openssl_ptr.hpp"

#include <stdexcept>

namespace plus7::crypto {

std::string take_openssl_errors() {
    std::string out;
    while (const auto code = ERR_get_error()) {
        const char* reason = ERR_reason_error_string(code);
        const auto text = reason != nullptr ? std::string(reason) : "error " + std::to_string(code);
        if (out.size() > 300 || out.find(text) != std::string::npos) continue;
        if (!out.empty()) out += "; ";
        out += text;
    }
    return out;
}

core::Error openssl_error(core::ErrorKind kind, std::string_view what) {
    const auto reasons = take_openssl_errors();
    std::string message(what);
    if (!reasons.empty()) message += ": " + reasons;
    return {kind, std::move(message)};
}

void require(bool done, std::string_view what) {
    if (!done) throw std::runtime_error(openssl_error(core::ErrorKind::internal, what).message);
}

core::Result<BioPtr> reader_of(std::string_view text, std::size_t size_limit) {
    if (text.size() > size_limit) {
        return core::limit("text of " + std::to_string(text.size()) + " bytes is too long");
    }
    ERR_clear_error();  // another library's leftovers are not our reasons
    BioPtr reader(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
    require(reader != nullptr, "memory reader");
    return reader;
}

core::Bytes content_of(BIO* memory) {
    char* data = nullptr;
    const auto size = BIO_get_mem_data(memory, &data);
    return core::copy_of(core::view_of({data, size > 0 ? static_cast<std::size_t>(size) : 0}));
}

int refuse_passphrase(char*, int, int, void*) { return -1; }

}  // namespace plus7::crypto
