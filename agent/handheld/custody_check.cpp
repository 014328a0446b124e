#include "agent/handheld/custody_check.hpp"

#include <nlohmann/json.hpp>
#include <optional>

#include "agent/handheld/custody_file.hpp"

namespace plus7::agent::handheld {
namespace {

using nlohmann::json;

template <typename Value>
std::optional<Value> value_of(const std::optional<core::Bytes>& bytes) {
    return bytes ? Value::from(*bytes) : std::nullopt;
}

}  // namespace

void CustodyCheck::feed(std::string_view bytes) {
    for (auto end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n')) {
        partial_ += bytes.substr(0, end + 1);
        bytes.remove_prefix(end + 1);
        take_line(std::move(partial_));
        partial_.clear();
    }
    partial_ += bytes;
}

void CustodyCheck::take_line(std::string line) {
    hash_.update(core::view_of(last_));
    last_ = std::move(line);
    if (++lines_ == 1) head_ = last_;
}

core::Result<std::uint64_t> CustodyCheck::finish() {
    constexpr std::uint64_t head_and_end = 2;
    if (!partial_.empty() || lines_ < head_and_end) return core::invalid("the custody file is cut");
    try {
        const auto head = json::parse(head_), end = json::parse(last_);
        const auto key = value_of<core::PublicKey>(core::from_hex(head.at("record_key").get<std::string>()));
        const auto sig = value_of<core::Signature>(core::from_base64url(end.at("sig").get<std::string>()));
        const auto facts = end.at("facts").get<std::uint64_t>();
        const auto hash = hash_.finish();
        const bool same = facts == lines_ - head_and_end && end.at("sha256").get<std::string>() == hash.hex();
        if (!same) return core::invalid("the custody file was changed or cut");
        const auto message = custody_message(hash);
        if (!key || !sig || !crypto::verify(*key, message, *sig))
            return core::invalid("the custody file's signature does not fit");
        return facts;
    } catch (const json::exception&) {
        return core::invalid("this is no whole custody file");
    }
}

}  // namespace plus7::agent::handheld
