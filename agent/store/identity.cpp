#include "agent/store/identity.hpp"

#include <nlohmann/json.hpp>

#include "shared/crypto/secret_file.hpp"

namespace plus7::agent::store {
namespace {

using nlohmann::json;

core::Result<Identity> identity_from(const json& object) {
    const auto device = core::DeviceId::parse(object.at("device").get<std::string>());
    const auto fingerprint = core::from_hex(object.at("ca_fingerprint").get<std::string>());
    const auto hash = fingerprint ? core::Hash::from(*fingerprint) : std::nullopt;
    const auto port = object.at("broker").at("port").get<std::int64_t>();
    if (!device || !hash || port < 1 || port > 65535) return core::invalid("identity.json holds a wrong value");
    return Identity{*device, object.at("server").get<std::string>(), *hash,
                    object.at("broker").at("host").get<std::string>(), static_cast<std::uint16_t>(port)};
}

}  // namespace

core::Result<std::string> load_text(const std::filesystem::path& file) {
    const auto bytes = crypto::read_secret_file(file);
    if (!bytes) return bytes.error();
    return std::string(bytes->text());
}

core::Status save_text(const std::filesystem::path& file, std::string_view text) {
    return crypto::write_secret_file(file, core::view_of(text));
}

core::Result<Identity> load_identity(const IdentityFiles& files) {
    const auto text = load_text(files.identity());
    if (!text) {
        if (text.error().kind == core::ErrorKind::not_found) return core::not_found("this device is not enrolled");
        return text.error();
    }
    try {
        return identity_from(json::parse(*text));
    } catch (const json::exception&) {
        return core::invalid("identity.json cannot be read: enrol this device again");
    }
}

core::Status save_identity(const IdentityFiles& files, const Identity& identity) {
    const json object{{"device", identity.device.text()},
                      {"server", identity.server_url},
                      {"ca_fingerprint", identity.ca_fingerprint.hex()},
                      {"broker", {{"host", identity.broker_host}, {"port", identity.broker_port}}}};
    return save_text(files.identity(), object.dump(2) + "\n");
}

core::Result<crypto::SigningKey> load_record_key(const IdentityFiles& files) {
    const auto seed = crypto::read_secret_file(files.record_key());
    if (!seed) return seed.error();
    return crypto::SigningKey::from_seed(seed->bytes());
}

core::Result<crypto::TlsKey> load_tls_key(const IdentityFiles& files) {
    const auto pem = crypto::read_secret_file(files.tls_key());
    if (!pem) return pem.error();
    return crypto::TlsKey::from_pem(pem->text());
}

core::Result<crypto::SigningKey> ensure_record_key(const IdentityFiles& files) {
    auto loaded = load_record_key(files);
    if (loaded || loaded.error().kind != core::ErrorKind::not_found) return loaded;
    auto key = crypto::SigningKey::generate();
    const auto seed = key.seed();
    if (const auto saved = crypto::write_secret_file(files.record_key(), seed.bytes()); !saved) return saved.error();
    return key;
}

core::Result<crypto::TlsKey> ensure_tls_key(const IdentityFiles& files) {
    auto loaded = load_tls_key(files);
    if (loaded || loaded.error().kind != core::ErrorKind::not_found) return loaded;
    auto key = crypto::TlsKey::generate();
    const auto pem = key.pem();
    if (const auto saved = crypto::write_secret_file(files.tls_key(), pem.bytes()); !saved) return saved.error();
    return key;
}

}  // namespace plus7::agent::store
