// Central's keys and certificates in one folder outside the database (`<data_dir>/ca`): a restore never rolls it back.
//   ca.key ca.crt        our authority            server.key server.crt   the broker's TLS certificate
//   sign.key sign.crt    central's Ed25519 key    crl.pem                 revoked handhelds
//   issued.log           one line per certificate: time, serial, device
// Thread-safe; owned by the composition root.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>

#include "central/app/devices/certificate_authority.hpp"
#include "shared/crypto/authority.hpp"
#include "shared/crypto/crl.hpp"
#include "shared/crypto/ed25519.hpp"

namespace plus7::central::broker {

class AuthorityFolder final : public app::devices::CertificateAuthority {
  public:
    // Opens the folder or makes it with everything in it. The server's certificate is made anew when `names` are not
    // all on it. unavailable/denied/invalid name the file that stands in the way.
    static core::Result<std::unique_ptr<AuthorityFolder>> open(const std::filesystem::path& folder,
                                                               const crypto::ServerNames& names, core::Clock& clock);
    ~AuthorityFolder() override;

    std::string ca_pem() const override;
    core::Hash ca_fingerprint() const override;
    core::Result<app::devices::IssuedCertificate> issue_device(std::string_view csr_pem, const core::DeviceId& device,
                                                               const core::PublicKey& record_key) override;
    core::Status revoke(const std::vector<std::string>& serials) override;
    bool is_revoked(const std::string& serial) const override;

    // Issues the same list again with new dates; the scheduler does so weekly.
    core::Status reissue_crl();
    // Called after every new list, on the thread that made it: the broker must read it again.
    void on_new_crl(std::function<void()> tell);

    const crypto::SigningKey& sign_key() const;           // signs every down message
    const crypto::Certificate& sign_certificate() const;  // comes with `welcome`
    std::filesystem::path file(std::string_view name) const;

  private:
    struct State;
    explicit AuthorityFolder(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace plus7::central::broker
