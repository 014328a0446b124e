#include "central/broker/authority_folder.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "central/broker/plain_file.hpp"
#include "shared/core/random.hpp"
#include "shared/crypto/csr.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7;
using central::broker::AuthorityFolder;

namespace {

struct Folder {
    test::TempDir dir;
    core::SystemClock clock;
    crypto::ServerNames names{{"localhost"}, {"127.0.0.1"}};
    std::unique_ptr<AuthorityFolder> open() {
        auto opened = AuthorityFolder::open(dir.path() / "ca", names, clock);
        REQUIRE_MESSAGE(opened.ok(), (opened.ok() ? "" : opened.error().message));
        return std::move(*opened);
    }
    std::string server() { return *central::broker::read_plain_file(dir.path() / "ca/server.crt"); }
};

std::string issue(AuthorityFolder& authority, const core::DeviceId& device) {
    const auto csr = crypto::make_csr(crypto::TlsKey::generate(), device.text());
    const auto made = authority.issue_device(*csr, device, core::random_id<core::PublicKey>());
    REQUIRE(made.ok());
    return made->serial;
}

}  // namespace

TEST_CASE("a new folder gets an authority, a server certificate, a signing key and an empty revocation list") {
    Folder folder;
    const auto authority = folder.open();
    const auto now = folder.clock.now();
    CHECK(crypto::verify_chain(folder.server(), authority->ca_pem(), crypto::Purpose::server, now).ok());
    CHECK(crypto::verify_chain(authority->sign_certificate().pem, authority->ca_pem(), crypto::Purpose::signing, now)
              .ok());
    CHECK(authority->sign_certificate().signing_key == authority->sign_key().public_key());
    const auto crl =
        crypto::verify_crl(*central::broker::read_plain_file(authority->file("crl.pem")), authority->ca_pem());
    REQUIRE(crl.ok());
    CHECK(crl->revoked.empty());
}

TEST_CASE("opening the folder again finds the same keys") {
    Folder folder;
    const auto first = folder.open();
    const auto server = folder.server();
    const auto again = folder.open();
    CHECK(again->ca_fingerprint() == first->ca_fingerprint());
    CHECK(again->sign_key().public_key() == first->sign_key().public_key());
    CHECK(folder.server() == server);
}

TEST_CASE("a new host name gets the server a new certificate of the same authority") {
    Folder folder;
    const auto first = folder.open();
    const auto old = folder.server();
    folder.names.dns.push_back("mqtt.example.org");
    const auto again = folder.open();
    CHECK(folder.server() != old);
    CHECK(again->ca_fingerprint() == first->ca_fingerprint());
}

TEST_CASE("a revoked certificate stays revoked over a restart and the list's number grows") {
    Folder folder;
    const auto device = core::DeviceId::random();
    std::string serial;
    std::uint64_t number = 0;
    {
        const auto authority = folder.open();
        serial = issue(*authority, device);
        CHECK_FALSE(authority->is_revoked(serial));
        int told = 0;
        authority->on_new_crl([&] { ++told; });
        REQUIRE(authority->revoke({serial}).ok());
        CHECK(told == 1);
        CHECK(authority->is_revoked(serial));
        number = crypto::verify_crl(*central::broker::read_plain_file(authority->file("crl.pem")), authority->ca_pem())
                     ->number;
    }
    const auto authority = folder.open();
    CHECK(authority->is_revoked(serial));
    REQUIRE(authority->reissue_crl().ok());
    const auto crl =
        crypto::verify_crl(*central::broker::read_plain_file(authority->file("crl.pem")), authority->ca_pem());
    CHECK(crl->number > number);
    CHECK(crl->revoked.size() == 1);
}

TEST_CASE("every certificate that is issued stands in the list") {
    Folder folder;
    const auto authority = folder.open();
    const auto device = core::DeviceId::random();
    const auto serial = issue(*authority, device);
    const auto list = *central::broker::read_plain_file(authority->file("issued.log"));
    CHECK(list.find(serial + " " + device.text() + "\n") != std::string::npos);
}

TEST_CASE("a damaged file is named and nothing is replaced") {
    Folder folder;
    folder.open();
    std::ofstream(folder.dir.path() / "ca/ca.crt") << "not a certificate";
    const auto opened = AuthorityFolder::open(folder.dir.path() / "ca", folder.names, folder.clock);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().message.find("ca.crt") != std::string::npos);
    CHECK(*central::broker::read_plain_file(folder.dir.path() / "ca/ca.crt") == "not a certificate");
}
