// Who this device is: identity.json, key files and certificates in the data directory. Written by enrolment and
// renewal, read at start. server_gen and epoch live in core.db, with the facts they belong to. Any thread, one at a
// time.
#pragma once
#include <filesystem>
#include <string>

#include "shared/core/ids.hpp"
#include "shared/core/result.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/crypto/tls_key.hpp"

namespace plus7::agent::store {

struct Identity {
    core::DeviceId device;
    std::string server_url;  // https://host[:port], as the enrolment link gave it
    core::Hash ca_fingerprint;
    std::string broker_host;
    std::uint16_t broker_port = 0;
    bool operator==(const Identity&) const = default;
};

// The names of the files in the data directory; the MQTT client reads these again for each connection.
struct IdentityFiles {
    explicit IdentityFiles(std::filesystem::path data_dir) : dir(std::move(data_dir)) {}
    std::filesystem::path identity() const { return dir / "identity.json"; }
    std::filesystem::path record_key() const { return dir / "record.key"; }
    std::filesystem::path tls_key() const { return dir / "tls.key"; }
    std::filesystem::path certificate() const { return dir / "device.crt"; }
    std::filesystem::path authority() const { return dir / "ca.crt"; }

    std::filesystem::path dir;
};

// not_found: not enrolled; invalid: the file was changed by hand and does not read.
core::Result<Identity> load_identity(const IdentityFiles& files);
core::Status save_identity(const IdentityFiles& files, const Identity& identity);

// Reads the key, or makes and saves one; made once in the life of a device.
core::Result<crypto::SigningKey> ensure_record_key(const IdentityFiles& files);
core::Result<crypto::TlsKey> ensure_tls_key(const IdentityFiles& files);
// As above, but a missing file is not_found.
core::Result<crypto::SigningKey> load_record_key(const IdentityFiles& files);
core::Result<crypto::TlsKey> load_tls_key(const IdentityFiles& files);

core::Result<std::string> load_text(const std::filesystem::path& file);  // certificates; not_found, unavailable
core::Status save_text(const std::filesystem::path& file, std::string_view text);  // atomically and durably

}  // namespace plus7::agent::store
