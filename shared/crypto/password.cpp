#include "shared/crypto/password.hpp"

#include <sodium.h>

#include <new>

#include "shared/crypto/init.hpp"

namespace plus7::crypto {
namespace {

static_assert(argon2_salt_size == crypto_pwhash_SALTBYTES);

std::size_t memory_bytes(const Argon2Cost& cost) { return std::size_t{cost.memory_kib} * 1024; }

// libsodium wants a pointer even to no characters.
const char* data_of(std::string_view text) { return text.empty() ? "" : text.data(); }

}  // namespace

core::Status check(const Argon2Cost& cost) {
    if (cost.memory_kib < 8 || cost.memory_kib > 1024 * 1024) {
        return core::invalid("Argon2id memory must be 8 KiB to 1 GiB, not " + std::to_string(cost.memory_kib) + " KiB");
    }
    if (cost.passes < 1 || cost.passes > 100) {
        return core::invalid("Argon2id passes must be 1 to 100, not " + std::to_string(cost.passes));
    }
    return {};
}

core::Result<std::string> hash_password(std::string_view password, const Argon2Cost& cost) {
    init();
    if (auto fit = check(cost); !fit) return fit.error();
    char out[crypto_pwhash_STRBYTES];
    const int done = crypto_pwhash_str_alg(out, data_of(password), password.size(), cost.passes, memory_bytes(cost),
                                           crypto_pwhash_ALG_ARGON2ID13);
    if (done != 0) throw std::bad_alloc();
    return std::string(out);
}

bool verify_password(std::string_view password, const std::string& stored) {
    init();
    if (stored.find('\0') != std::string::npos) return false;  // libsodium reads up to it only
    return crypto_pwhash_str_verify(stored.c_str(), data_of(password), password.size()) == 0;
}

bool needs_rehash(const std::string& stored, const Argon2Cost& cost) {
    init();
    if (!stored.starts_with(crypto_pwhash_argon2id_STRPREFIX)) return true;
    return crypto_pwhash_str_needs_rehash(stored.c_str(), cost.passes, memory_bytes(cost)) != 0;
}

core::Result<core::Bytes> argon2id(core::ByteView password, core::ByteView salt, const Argon2Cost& cost,
                                   std::size_t size) {
    init();
    if (auto fit = check(cost); !fit) return fit.error();
    if (salt.size() != argon2_salt_size) return core::invalid("an Argon2id salt has 16 bytes");
    if (size < 16 || size > 128) return core::invalid("an Argon2id result has 16 to 128 bytes");
    core::Bytes out(size);
    const auto text = core::text_of(password);
    const int done = crypto_pwhash(out.data(), out.size(), data_of(text), text.size(), salt.data(), cost.passes,
                                   memory_bytes(cost), crypto_pwhash_ALG_ARGON2ID13);
    if (done != 0) throw std::bad_alloc();
    return out;
}

}  // namespace plus7::crypto
