#include "agent/sync/enrol.hpp"

#include <algorithm>

#include "agent/sync/enrol_json.hpp"
#include "shared/crypto/csr.hpp"
#include "shared/crypto/sha256.hpp"

namespace plus7::agent::sync {
namespace {

constexpr std::chrono::days renew_from{30};
constexpr std::uint32_t renew_jitter_hours = 10 * 24;

core::Result<std::string> post(http::Client& client, const std::string& url, std::string body) {
    http::Call call;
    call.method = http::Method::post;
    call.url = url;
    call.headers.set("Content-Type", "application/json");
    call.body = std::move(body);
    auto reply = client.call(call);
    if (!reply) return reply.error();
    if (reply->status != 200) return read_problem(reply->status, reply->body);
    return std::move(reply->body);
}

core::Result<http::Client> client_for(http::Trust trust, const core::Hash& pin) {
    http::ClientSettings settings;
    settings.trust = std::move(trust);
    settings.trust.pinned_ca = pin;
    return http::Client::make(std::move(settings));
}

struct Keys {
    crypto::SigningKey record;
    crypto::TlsKey tls;
};

// The certificate is for us: this device, our two keys, from the CA that is pinned.
core::Status check_certificate(const std::string& pem, const std::string& ca_pem, const core::DeviceId& device,
                               const Keys& keys, core::TimeUs now) {
    const auto certificate = crypto::verify_chain(pem, ca_pem, crypto::Purpose::client, now);
    if (!certificate) return certificate.error().context("the new certificate");
    const bool ours = certificate->common_name == device.text() && certificate->public_key == keys.tls.public_key() &&
                      certificate->record_key == keys.record.public_key();
    if (!ours) return core::denied("the new certificate was made for another device or key");
    return {};
}

core::Status check_enrolled(const Enrolled& answer, const EnrolLink& link, const core::DeviceId& device,
                            const Keys& keys) {
    const auto ca = crypto::inspect(answer.ca);
    if (!ca) return ca.error().context("central's CA");
    if (ca->fingerprint != link.fingerprint) {
        return core::denied("the server's CA is not the one the enrolment code names: ask for a new code");
    }
    if (answer.device != device) return core::denied("the server changed its mind about the device id");
    return check_certificate(answer.certificate, answer.ca, device, keys, answer.time);
}

core::Result<EnrolProof> make_proof(const EnrolLink& link, const EnrolStarted& started, const Keys& keys) {
    const auto csr = crypto::make_csr(keys.tls, started.device.text());
    if (!csr) return csr.error();
    return EnrolProof{link.token,
                      started.nonce,
                      *csr,
                      keys.record.public_key(),
                      keys.tls.sign(started.nonce.bytes()),
                      keys.record.sign(started.nonce.bytes())};
}

core::Status check_same_device(const store::IdentityFiles& files, const core::DeviceId& device) {
    const auto known = store::load_identity(files);
    if (!known || known->device == device) return {};
    return core::conflict("this data directory belongs to device " + known->device.text() +
                          ", the code is for device " + device.text());
}

core::Status save_enrolled(const store::IdentityFiles& files, const Enrolled& answer, const store::Identity& identity) {
    if (const auto saved = store::save_text(files.authority(), answer.ca); !saved) return saved;
    if (const auto saved = store::save_text(files.certificate(), answer.certificate); !saved) return saved;
    return store::save_identity(files, identity);
}

// The DER form of a PEM text with one block in it.
std::optional<core::Bytes> der_of(std::string_view pem) {
    std::string text;
    for (std::size_t at = 0; at < pem.size();) {
        const auto end = std::min(pem.find('\n', at), pem.size());
        const auto line = pem.substr(at, end - at);
        if (!line.starts_with("-----")) text += line;
        at = end + 1;
    }
    std::erase_if(text, [](char c) { return c == '\r' || c == '='; });
    std::replace(text.begin(), text.end(), '+', '-');
    std::replace(text.begin(), text.end(), '/', '_');
    return core::from_base64url(text);
}

core::Result<Keys> load_keys(const store::IdentityFiles& files) {
    auto record = store::load_record_key(files);
    if (!record) return record.error();
    auto tls = store::load_tls_key(files);
    if (!tls) return tls.error();
    return Keys{std::move(*record), std::move(*tls)};
}

}  // namespace

core::Result<store::Identity> enrol(const EnrolLink& link, const store::IdentityFiles& files, http::Trust trust) {
    auto client = client_for(std::move(trust), link.fingerprint);
    if (!client) return client.error();
    const auto first = post(*client, link.url + "/enrol/start", enrol_start_request(link.token));
    if (!first) return first.error().context("enrolment");
    const auto started = read_enrol_started(*first);
    if (!started) return started.error();
    if (const auto same = check_same_device(files, started->device); !same) return same.error();

    auto record = store::ensure_record_key(files);
    if (!record) return record.error();
    auto tls = store::ensure_tls_key(files);
    if (!tls) return tls.error();
    const Keys keys{std::move(*record), std::move(*tls)};
    const auto proof = make_proof(link, *started, keys);
    if (!proof) return proof.error();
    const auto second = post(*client, link.url + "/enrol/finish", enrol_finish_request(*proof));
    if (!second) return second.error().context("enrolment");
    const auto answer = read_enrolled(*second);
    if (!answer) return answer.error();
    if (const auto checked = check_enrolled(*answer, link, started->device, keys); !checked) return checked.error();
    const store::Identity identity{answer->device, link.url, link.fingerprint, answer->broker_host,
                                   answer->broker_port};
    if (const auto saved = save_enrolled(files, *answer, identity); !saved) return saved.error();
    return identity;
}

bool renewal_due(const crypto::Certificate& certificate, const core::DeviceId& device, core::TimeUs now) {
    const auto spread = crypto::sha256(core::view_of(device.text()));
    const auto number = static_cast<std::uint32_t>(spread.value[0]) << 8 | spread.value[1];
    return now >= certificate.not_before + renew_from + std::chrono::hours{number % renew_jitter_hours};
}

core::Status renew_certificate(const store::Identity& identity, const store::IdentityFiles& files, http::Trust trust) {
    const auto keys = load_keys(files);
    if (!keys) return keys.error();
    const auto old_certificate = store::load_text(files.certificate());
    if (!old_certificate) return old_certificate.error();
    const auto ca = store::load_text(files.authority());
    if (!ca) return ca.error();
    const auto csr = crypto::make_csr(keys->tls, identity.device.text());
    if (!csr) return csr.error();
    const auto der = der_of(*csr);
    if (!der) return core::internal("our own certificate request cannot be read");
    const auto signature = keys->record.sign(crypto::sha256(*der).bytes());
    auto client = client_for(std::move(trust), identity.ca_fingerprint);
    if (!client) return client.error();
    const auto body =
        post(*client, identity.server_url + "/device/renew", renew_request(*old_certificate, *csr, signature));
    if (!body) return body.error().context("renewal");
    const auto renewed = read_renewed(*body);
    if (!renewed) return renewed.error();
    if (const auto good = check_certificate(renewed->certificate, *ca, identity.device, *keys, renewed->time); !good) {
        return good;
    }
    return store::save_text(files.certificate(), renewed->certificate);
}

}  // namespace plus7::agent::sync
