#include "agent/sync/central_voice.hpp"

#include "shared/crypto/certificates.hpp"

namespace plus7::agent::sync {
namespace {

// Valid for a device whose clock was never set: certificates of central's own begin in 1970.
constexpr core::TimeUs clockless{};

std::optional<core::PublicKey> key_of(const wire::Welcome& welcome, const std::string& ca_pem) {
    const auto pem = crypto::pem_from_der(welcome.certificate);
    if (!pem) return std::nullopt;
    const auto certificate = crypto::verify_chain(*pem, ca_pem, crypto::Purpose::signing, clockless);
    if (!certificate) return std::nullopt;
    return certificate->signing_key;
}

}  // namespace

void CentralVoice::listen(const core::Nonce& nonce) {
    nonce_ = nonce;
    key_.reset();
    server_gen_.reset();
}

std::optional<wire::DownMessage> CentralVoice::hear(core::ByteView bytes) {
    auto message = wire::decode_down(bytes);
    if (!message) {
        ++ignored_["unreadable"];
        return std::nullopt;
    }
    if (const auto fault = judge(*message)) {
        ++ignored_[std::string(*fault)];
        return std::nullopt;
    }
    return std::move(*message);
}

std::optional<std::string_view> CentralVoice::judge(const wire::DownMessage& message) {
    wire::DownExpectation expected{device_, server_gen_, nonce_, {}};
    if (message.type == wire::DownType::welcome) {
        const auto welcome = wire::decode_welcome(message.body);
        if (!welcome) return wire::name_of(wire::DownFault::unreadable);
        const auto key = key_of(*welcome, ca_pem_);
        if (!key) return "foreign_certificate";
        expected.key = *key;
        if (const auto fault = wire::check_down(message, expected)) return wire::name_of(*fault);
        key_ = key;
        server_gen_ = message.server_gen;
        return std::nullopt;
    }
    if (!key_) return "before_welcome";
    expected.key = *key_;
    const auto fault = wire::check_down(message, expected);
    if (!fault) return std::nullopt;
    other_life_ = other_life_ || *fault == wire::DownFault::other_server_gen;
    return wire::name_of(*fault);
}

}  // namespace plus7::agent::sync
