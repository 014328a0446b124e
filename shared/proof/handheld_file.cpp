#include "shared/proof/handheld_file.hpp"

#include <nlohmann/json.hpp>

#include "shared/crypto/certificates.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/crypto/sha256.hpp"

namespace plus7::proof {
namespace {

using nlohmann::json;
constexpr std::string_view format = "plus7-custody/1";

core::Error not_one(const std::string& why) { return core::invalid("no whole custody file of a handheld: " + why); }

std::vector<std::string_view> lines_of(std::string_view bytes) {
    std::vector<std::string_view> lines;
    for (auto end = bytes.find('\n'); end != std::string_view::npos; end = bytes.find('\n')) {
        lines.push_back(bytes.substr(0, end));
        bytes.remove_prefix(end + 1);
    }
    if (!bytes.empty()) lines.push_back(bytes);
    return lines;
}

core::Bytes base64_of(const json& object, const char* member) {
    return core::from_base64url(object.at(member).get<std::string>()).value_or(core::Bytes{});
}

bool is_signed(std::string_view bytes, const std::vector<std::string_view>& lines, const core::PublicKey& key) {
    const auto end = json::parse(lines.back());
    const auto before = bytes.substr(0, static_cast<std::size_t>(lines.back().data() - bytes.data()));
    const auto hash = crypto::sha256(core::view_of(before));
    auto message = core::copy_of(core::view_of("p7-custody"));
    message.insert(message.end(), hash.value.begin(), hash.value.end());
    const auto sig = core::Signature::from(base64_of(end, "sig"));
    return end.at("facts").get<std::uint64_t>() == lines.size() - 2 && sig && crypto::verify(key, message, *sig);
}

core::Result<HandheldFile> read(std::string_view bytes) {
    const auto lines = lines_of(bytes);
    if (lines.size() < 2) return not_one("it is cut");
    const auto head = json::parse(lines.front());
    if (head.at("format").get<std::string>() != format) return not_one("another format");
    const auto device = core::DeviceId::parse(head.at("device").get<std::string>());
    const auto hex = core::from_hex(head.at("record_key").get<std::string>());
    const auto key = hex ? core::PublicKey::from(*hex) : std::nullopt;
    if (!device || !key || !is_signed(bytes, lines, *key)) return not_one("it was changed or cut");
    auto certificate = crypto::der_from_pem(head.at("certificate").get<std::string>());
    if (!certificate) return not_one("its certificate cannot be read");
    HandheldFile file{*device, *key, std::move(*certificate), {}};
    for (std::size_t at = 1; at + 1 < lines.size(); ++at) {
        const auto line = json::parse(lines[at]);
        file.facts.push_back({base64_of(line, "record"), line.at("acked").get<bool>()});
    }
    return file;
}

}  // namespace

core::Result<HandheldFile> open_handheld_file(std::string_view bytes) {
    try {
        return read(bytes);
    } catch (const json::exception&) {
        return not_one("its lines are not what they should be");
    }
}

}  // namespace plus7::proof
