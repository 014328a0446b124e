// Seals what central's view and colleagues tell of people before it is written into core.db, under a key in a file of
// its own: who destroys the file makes all of it unreadable at once, also what a flash memory keeps of deleted rows.
// Storage thread; owned by ViewStore.
#pragma once
#include <filesystem>
#include <optional>
#include <string_view>

#include "shared/core/result.hpp"
#include "shared/crypto/aead.hpp"
#include "shared/wire/view_rows.hpp"

namespace plus7::agent::store {

class ViewSeal {
  public:
    explicit ViewSeal(std::filesystem::path file) : file_(std::move(file)) {}

    // Reads the key. not_found: there is none, so that nothing sealed can be read any more (also when the file holds no
    // key); denied, unavailable: it cannot be read now.
    core::Status load();
    core::Status ensure();   // makes one when there is none; durable before it returns
    core::Status destroy();  // here and in the file; repeating does nothing

    // `place` and the key of the row are bound: a row that is moved elsewhere does not open. Only after ensure().
    core::Bytes seal(std::string_view place, const wire::RowKey& row, core::ByteView plain) const;
    // Nothing: no key, another key, or changed bytes.
    std::optional<core::Bytes> open(std::string_view place, const wire::RowKey& row, core::ByteView sealed) const;

  private:
    std::filesystem::path file_;
    std::optional<crypto::SecretKey> key_;
};

}  // namespace plus7::agent::store
