#include "shared/proof/key_book.hpp"

#include "shared/crypto/certificates.hpp"

namespace plus7::proof {
core::Status issued_by(core::ByteView certificate_der, const std::string& authority_pem, bool is_signer) {
    const auto pem = crypto::pem_from_der(certificate_der);
    if (!pem) return pem.error();
    const auto certificate = crypto::inspect(*pem);
    if (!certificate) return certificate.error();
    const auto purpose = is_signer ? crypto::Purpose::signing : crypto::Purpose::client;
    const auto chain =
        crypto::verify_chain(*pem, authority_pem, purpose, certificate->not_before + std::chrono::seconds{1});
    if (!chain) return chain.error();
    return {};
}

std::string KeyBook::problem_with(const DeviceKey& key, const std::string& authority_pem) {
    if (key.certificate.empty()) return "no certificate of the company's CA names the key that signed it";
    if (const auto issued = issued_by(key.certificate, authority_pem, false); !issued)
        return "the certificate of its key is not good: " + issued.error().message;
    const auto certificate = crypto::inspect(crypto::pem_from_der(key.certificate).value()).value();
    if (certificate.common_name != key.device.text()) return "the certificate of its key is another handheld's";
    if (certificate.record_key != key.key) return "the certificate names another key than the one that signed it";
    return "";
}

KeyBook::KeyBook(const std::vector<DeviceKey>& keys, std::string authority_pem) {
    for (const auto& key : keys) keys_.push_back({key, problem_with(key, authority_pem)});
}

std::string KeyBook::problem_of(const wire::SignedFact& fact, const core::DeviceId& device) const {
    for (const auto& known : keys_)
        if (known.key.device == device && wire::verify(fact, known.key.key)) return known.problem;
    return "its signature is by none of the handheld's keys";
}

}  // namespace plus7::proof
