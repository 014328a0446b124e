#include "central/broker/authority_folder.hpp"

#include <algorithm>
#include <mutex>

#include "central/broker/plain_file.hpp"
#include "shared/crypto/csr.hpp"
#include "shared/crypto/secret_file.hpp"

namespace plus7::central::broker {
namespace {

namespace fs = std::filesystem;

// The secret in `path`; made by `make` and saved there when the file does not exist.
template <typename Make>
core::Result<crypto::SecretBytes> load_or_make(const fs::path& path, Make make) {
    auto found = crypto::read_secret_file(path);
    if (found || found.error().kind != core::ErrorKind::not_found) return found;
    crypto::SecretBytes made = make();
    if (auto saved = crypto::write_secret_file(path, made.bytes()); !saved) return saved.error();
    return made;
}

core::Result<crypto::TlsKey> tls_key(const fs::path& path) {
    auto pem = load_or_make(path, [] { return crypto::TlsKey::generate().pem(); });
    if (!pem) return pem.error();
    auto key = crypto::TlsKey::from_pem(pem->text());
    if (!key) return key.error().context(path.string());
    return key;
}

core::Result<crypto::Authority> load_authority(const fs::path& folder, core::TimeUs now) {
    const auto crt = folder / "ca.crt", key = folder / "ca.key";
    if (!fs::exists(crt) && !fs::exists(key)) {
        auto made = crypto::Authority::create("plus7 authority", now);
        if (!made) return made.error();
        if (auto saved = crypto::write_secret_file(key, made->key().pem().bytes()); !saved) return saved.error();
        if (auto saved = write_plain_file(crt, made->certificate().pem); !saved) return saved.error();
        return made;
    }
    const auto pem = read_plain_file(crt);
    if (!pem) return pem.error();
    const auto secret = crypto::read_secret_file(key);
    if (!secret) return secret.error();
    auto loaded = crypto::Authority::load(*pem, secret->text());
    if (!loaded) return loaded.error().context(crt.string());
    return loaded;
}

bool names_are_on(const crypto::Certificate& certificate, const crypto::ServerNames& names) {
    const auto has = [](const std::vector<std::string>& all, const std::string& one) {
        return std::find(all.begin(), all.end(), one) != all.end();
    };
    return std::all_of(names.dns.begin(), names.dns.end(), [&](auto& n) { return has(certificate.dns_names, n); }) &&
           std::all_of(names.addresses.begin(), names.addresses.end(),
                       [&](auto& a) { return has(certificate.addresses, a); });
}

core::Status ensure_server_certificate(const crypto::Authority& authority, const fs::path& folder,
                                       const crypto::ServerNames& names, core::TimeUs now) {
    const auto key = tls_key(folder / "server.key");
    if (!key) return key.error();
    if (const auto pem = read_plain_file(folder / "server.crt")) {
        const auto old = crypto::verify_chain(*pem, authority.certificate().pem, crypto::Purpose::server, now);
        if (old && old->public_key == key->public_key() && names_are_on(*old, names)) return {};
    }
    const auto csr = crypto::make_csr(*key, "plus7 broker");
    if (!csr) return csr.error();
    const auto made = authority.issue_server(*csr, names, now);
    if (!made) return made.error();
    return write_plain_file(folder / "server.crt", made->pem);
}

struct Signer {
    crypto::SigningKey key;
    crypto::Certificate certificate;
};

core::Result<Signer> load_signer(const crypto::Authority& authority, const fs::path& folder, core::TimeUs now) {
    auto seed = load_or_make(folder / "sign.key", [] { return crypto::SigningKey::generate().seed(); });
    if (!seed) return seed.error();
    auto key = crypto::SigningKey::from_seed(seed->bytes());
    if (!key) return key.error().context((folder / "sign.key").string());
    if (const auto pem = read_plain_file(folder / "sign.crt")) {
        auto old = crypto::verify_chain(*pem, authority.certificate().pem, crypto::Purpose::signing, now);
        if (old && old->signing_key == key->public_key()) return Signer{std::move(*key), std::move(*old)};
    }
    auto made = authority.issue_signing(key->public_key(), now);
    if (!made) return made.error();
    if (auto saved = write_plain_file(folder / "sign.crt", made->pem); !saved) return saved.error();
    return Signer{std::move(*key), std::move(*made)};
}

}  // namespace

struct AuthorityFolder::State {
    fs::path folder;
    core::Clock& clock;
    crypto::Authority authority;
    Signer signer;
    mutable std::mutex lock;
    crypto::Crl crl;
    std::function<void()> tell;

    core::Status write_crl() {
        const auto pem = crypto::issue_crl(authority, crl.revoked, ++crl.number, clock.now());
        if (!pem) return pem.error();
        return write_plain_file(folder / "crl.pem", *pem);
    }
};

AuthorityFolder::AuthorityFolder(std::unique_ptr<State> state) : state_(std::move(state)) {}
AuthorityFolder::~AuthorityFolder() = default;

core::Result<std::unique_ptr<AuthorityFolder>> AuthorityFolder::open(const fs::path& folder,
                                                                     const crypto::ServerNames& names,
                                                                     core::Clock& clock) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (!error) fs::permissions(folder, fs::perms::owner_all, error);
    if (error) return core::unavailable("cannot make " + folder.string() + ": " + error.message());
    auto authority = load_authority(folder, clock.now());
    if (!authority) return authority.error();
    if (auto made = ensure_server_certificate(*authority, folder, names, clock.now()); !made) return made.error();
    auto signer = load_signer(*authority, folder, clock.now());
    if (!signer) return signer.error();
    auto state =
        std::unique_ptr<State>(new State{folder, clock, std::move(*authority), std::move(*signer), {}, {}, {}});
    if (const auto pem = read_plain_file(folder / "crl.pem")) {
        auto crl = crypto::verify_crl(*pem, state->authority.certificate().pem);
        if (!crl) return crl.error().context((folder / "crl.pem").string());
        state->crl = std::move(*crl);
    } else if (auto written = state->write_crl(); !written) {
        return written.error();
    }
    return std::unique_ptr<AuthorityFolder>(new AuthorityFolder(std::move(state)));
}

std::string AuthorityFolder::ca_pem() const { return state_->authority.certificate().pem; }
core::Hash AuthorityFolder::ca_fingerprint() const { return state_->authority.certificate().fingerprint; }
const crypto::SigningKey& AuthorityFolder::sign_key() const { return state_->signer.key; }
const crypto::Certificate& AuthorityFolder::sign_certificate() const { return state_->signer.certificate; }
fs::path AuthorityFolder::file(std::string_view name) const { return state_->folder / name; }

core::Result<app::devices::IssuedCertificate> AuthorityFolder::issue_device(std::string_view csr_pem,
                                                                            const core::DeviceId& device,
                                                                            const core::PublicKey& record_key) {
    const auto now = state_->clock.now();
    const auto made = state_->authority.issue_device(csr_pem, device, record_key, now);
    if (!made) return made.error();
    const auto line = core::to_iso8601(std::chrono::floor<std::chrono::milliseconds>(now)) + " " + made->serial + " " +
                      device.text() + "\n";
    const std::lock_guard guard(state_->lock);
    if (auto kept = append_plain_file(state_->folder / "issued.log", line); !kept) return kept.error();
    return app::devices::IssuedCertificate{made->pem, made->serial, made->not_after};
}

core::Status AuthorityFolder::revoke(const std::vector<std::string>& serials) {
    std::function<void()> tell;
    {
        const std::lock_guard guard(state_->lock);
        auto& revoked = state_->crl.revoked;
        for (const auto& serial : serials) {
            const auto same = [&](const crypto::Revoked& r) { return r.serial == serial; };
            if (std::none_of(revoked.begin(), revoked.end(), same)) revoked.push_back({serial, state_->clock.now()});
        }
        if (auto written = state_->write_crl(); !written) return written;
        tell = state_->tell;
    }
    if (tell) tell();
    return {};
}

bool AuthorityFolder::is_revoked(const std::string& serial) const {
    const std::lock_guard guard(state_->lock);
    const auto& revoked = state_->crl.revoked;
    return std::any_of(revoked.begin(), revoked.end(), [&](const crypto::Revoked& r) { return r.serial == serial; });
}

core::Status AuthorityFolder::reissue_crl() { return revoke({}); }

void AuthorityFolder::on_new_crl(std::function<void()> tell) {
    const std::lock_guard guard(state_->lock);
    state_->tell = std::move(tell);
}

}  // namespace plus7::central::broker
