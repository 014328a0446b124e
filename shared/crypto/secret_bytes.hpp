// Bytes that must not outlive their use: own guarded pages, kept out of swap and core dumps where the system allows it,
// wiped when released. Move only. Each takes several pages: for keys, not for bulk data.
#pragma once
#include <memory>

#include "shared/core/bytes.hpp"

namespace plus7::crypto {

class SecretBytes {
  public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size);  // zeros; throws std::bad_alloc
    static SecretBytes copy_of(core::ByteView bytes);
    static SecretBytes random(std::size_t size);

    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    ~SecretBytes() = default;

    core::ByteView bytes() const { return {data_.get(), size_}; }
    std::string_view text() const { return core::text_of(bytes()); }
    std::span<std::uint8_t> writable() { return {data_.get(), size_}; }
    std::size_t size() const { return size_; }

  private:
    struct Wipe {
        void operator()(std::uint8_t* data) const noexcept;
    };
    std::unique_ptr<std::uint8_t[], Wipe> data_;
    std::size_t size_ = 0;
};

}  // namespace plus7::crypto
