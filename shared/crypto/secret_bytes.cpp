#include "shared/crypto/secret_bytes.hpp"

#include <sodium.h>

#include <algorithm>
#include <new>
#include <utility>

#include "shared/core/random.hpp"
#include "shared/crypto/init.hpp"

namespace plus7::crypto {

SecretBytes::SecretBytes(std::size_t size) : size_(size) {
    init();
    data_.reset(static_cast<std::uint8_t*>(sodium_malloc(std::max<std::size_t>(size, 1))));
    if (!data_) throw std::bad_alloc();
    sodium_memzero(data_.get(), size);
}

SecretBytes SecretBytes::copy_of(core::ByteView bytes) {
    SecretBytes out(bytes.size());
    std::copy(bytes.begin(), bytes.end(), out.data_.get());
    return out;
}

SecretBytes SecretBytes::random(std::size_t size) {
    SecretBytes out(size);
    core::fill_random(out.writable());
    return out;
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::move(other.data_)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    data_ = std::move(other.data_);
    size_ = std::exchange(other.size_, 0);
    return *this;
}

void SecretBytes::Wipe::operator()(std::uint8_t* data) const noexcept { sodium_free(data); }

}  // namespace plus7::crypto
