#include "tests/system/outside_broker.hpp"

#include <fstream>
#include <stdexcept>

#include "central/broker/authority_folder.hpp"
#include "central/broker/mosquitto_config.hpp"
#include "central/broker/plain_file.hpp"

namespace plus7::test {
namespace {

constexpr const char* password = "not a secret, it is a test";

// "user:hash" lines for the three accounts.
std::string passwords(const TempDir& dir) {
    const auto file = dir.file("passwords");
    std::ofstream text(file);
    for (const char* user :
         {central::broker::ingest_account, central::broker::push_account, central::broker::kick_account})
        text << user << ":" << password << "\n";
    text.close();
    Process hashing({"mosquitto_passwd", "-U", file});
    if (hashing.wait() != 0) throw std::runtime_error("mosquitto_passwd: " + hashing.output());
    return central::broker::read_plain_file(file).value();
}

constexpr const char* for_handhelds =
    "allow_anonymous false\nrequire_certificate true\n"
    "use_identity_as_username true\nuse_username_as_clientid true\n"
    "cafile {dir}/ca.crt\ncertfile {dir}/server.crt\nkeyfile {dir}/server.key\ncrlfile {dir}/crl.pem\n"
    "acl_file {dir}/acl-devices\n";

std::string config(std::uint16_t service_port, bool plain) {
    return (plain ? Mosquitto::quiet : "") + std::string("max_packet_size 131072\nlistener {port} 127.0.0.1\n") +
           (plain ? "allow_anonymous true\n" : for_handhelds) + "listener " +
           std::to_string(service_port) +
           " 127.0.0.1\n"
           "allow_anonymous false\npassword_file {dir}/passwords\nacl_file {dir}/acl-service\n";
}

}  // namespace

OutsideBroker::OutsideBroker(bool plain) {
    core::SystemClock clock;
    const auto folder =
        central::broker::AuthorityFolder::open(dir_.path() / "ca", {{"localhost"}, {"127.0.0.1"}}, clock);
    if (!folder) throw std::runtime_error(folder.error().message);
    std::map<std::string, std::string> files{{"passwords", passwords(dir_)},
                                             {"acl-devices", central::broker::device_acl()},
                                             {"acl-service", central::broker::service_acl()}};
    for (const std::string name : {"ca.crt", "server.crt", "server.key", "crl.pem"})
        files[name] = central::broker::read_plain_file(dir_.path() / "ca" / name).value();
    broker_ = std::make_unique<Mosquitto>(config(service_port_, plain), files);
}

CentralSetup OutsideBroker::setup(const std::string& instance, const std::string& database) const {
    const auto secret = dir_.file("password");
    std::ofstream(secret) << password;
    std::filesystem::permissions(secret, std::filesystem::perms::owner_read);
    std::string broker = "managed = false\nhost = \"127.0.0.1\"\nport = " + std::to_string(broker_->port()) +
                         "\nservice_port = " + std::to_string(service_port_) + "\n";
    for (const char* account : {"ingest", "push", "kick"})
        broker += std::string(account) + "_password_file = \"" + secret + "\"\n";
    return {database, "instance = \"" + instance + "\"\n", broker, dir_.path() / "ca"};
}

}  // namespace plus7::test
