#include "agent/store/view_seal.hpp"

#include "shared/crypto/secret_file.hpp"
#include "shared/wire/cbor_writer.hpp"

namespace plus7::agent::store {
namespace {

core::Bytes bound(std::string_view place, const wire::RowKey& row) {
    return wire::CborWriter{}
        .array(3)
        .text(place)
        .uint(static_cast<std::uint64_t>(row.kind))
        .bytes(row.id.bytes())
        .take();
}

}  // namespace

core::Status ViewSeal::load() {
    key_.reset();
    const auto kept = crypto::read_secret_file(file_);
    if (!kept) return kept.error();
    key_ = crypto::SecretKey::from(kept->bytes());
    return key_ ? core::Status() : core::not_found("view.key holds no key");
}

core::Status ViewSeal::ensure() {
    if (key_) return {};
    auto key = crypto::SecretKey::random();
    if (auto kept = crypto::write_secret_file(file_, key.bytes()); !kept) return kept;
    key_ = std::move(key);
    return {};
}

core::Status ViewSeal::destroy() {
    key_.reset();
    return crypto::destroy_secret_file(file_);
}

core::Bytes ViewSeal::seal(std::string_view place, const wire::RowKey& row, core::ByteView plain) const {
    return crypto::seal(key_.value(), plain, bound(place, row));
}

std::optional<core::Bytes> ViewSeal::open(std::string_view place, const wire::RowKey& row,
                                          core::ByteView sealed) const {
    if (!key_) return std::nullopt;
    auto plain = crypto::open(*key_, sealed, bound(place, row));
    if (!plain) return std::nullopt;
    return std::move(*plain);
}

}  // namespace plus7::agent::store
