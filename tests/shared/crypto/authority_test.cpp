#include "shared/crypto/authority.hpp"

#include <doctest/doctest.h>

#include <set>

#include "tests/shared/crypto/pki.hpp"

using namespace plus7;
using test::now;
using test::openssl;
using test::pki;

namespace {

const std::string& authority_pem() { return pki().authority.certificate().pem; }
std::string key_pem(const crypto::TlsKey& key) { return std::string(key.pem().text()); }

}  // namespace

TEST_CASE("openssl verifies every certificate for its purpose under strict rules") {
    const auto verify = [](const char* purpose, const crypto::Certificate& certificate) {
        const auto at = std::to_string(core::count(now) / 1'000'000);
        return openssl("verify -x509_strict -check_ss_sig -attime " + at + " -purpose " + purpose + " -CAfile %1 %2",
                       {authority_pem(), certificate.pem});
    };
    CHECK(verify("sslserver", pki().server_certificate).code == 0);
    CHECK(verify("sslclient", pki().device_certificate).code == 0);
    CHECK(verify("sslclient", pki().service_certificate).code == 0);
    CHECK(verify("any", pki().signing_certificate).code == 0);
    CHECK(verify("sslserver", pki().device_certificate).code != 0);
    CHECK(verify("sslclient", pki().server_certificate).code != 0);
    CHECK(verify("sslserver", pki().signing_certificate).code != 0);
    CHECK(verify("sslclient", pki().signing_certificate).code != 0);
}

TEST_CASE("the authority's certificate carries the extensions of one that issues end certificates only") {
    const auto seen = openssl("x509 -in %1 -noout -text", {authority_pem()});
    CHECK(seen.says("CA:TRUE, pathlen:0"));
    CHECK(seen.says("X509v3 Basic Constraints: critical"));
    CHECK(seen.says("Certificate Sign, CRL Sign"));
    CHECK(seen.says("X509v3 Subject Key Identifier"));
    CHECK(seen.says("X509v3 Authority Key Identifier"));
    CHECK(seen.says("Not Before: Jan  1 00:00:00 1970 GMT"));
    CHECK(seen.says("Not After : Sep 21 "));
    CHECK(seen.says(" 2046 GMT"));
    CHECK(seen.says("prime256v1"));
}

TEST_CASE("end certificates carry names, uses and key identifiers") {
    const auto device = openssl("x509 -in %1 -noout -text", {pki().device_certificate.pem});
    CHECK(device.says("URI:urn:plus7:record-key:" + pki().record_key.public_key().hex()));
    CHECK(device.says("TLS Web Client Authentication"));
    CHECK(device.says("CA:FALSE"));
    CHECK(device.says("X509v3 Authority Key Identifier"));
    const auto server = openssl("x509 -in %1 -noout -text", {pki().server_certificate.pem});
    CHECK(server.says("DNS:central.example, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1"));
    CHECK(server.says("TLS Web Server Authentication"));
    const auto signing = openssl("x509 -in %1 -noout -text", {pki().signing_certificate.pem});
    CHECK(signing.says("Public Key Algorithm: ED25519"));
    CHECK(signing.says("CN = central-sign"));
}

TEST_CASE("openssl matches host names and addresses of a server certificate") {
    const auto match = [](const std::string& option) {
        return openssl("verify -CAfile %1 " + option + " %2", {authority_pem(), pki().server_certificate.pem}).code ==
               0;
    };
    CHECK(match("-verify_hostname central.example"));
    CHECK(match("-verify_ip 127.0.0.1"));
    CHECK(match("-verify_ip ::1"));
    CHECK_FALSE(match("-verify_hostname other.example"));
    CHECK_FALSE(match("-verify_ip 127.0.0.2"));
}

TEST_CASE("an authority comes back from its PEM texts and goes on issuing") {
    const auto again = crypto::Authority::load(authority_pem(), key_pem(pki().authority.key())).value();
    const auto issued = again.issue_device(pki().device_csr, pki().device, pki().record_key.public_key(), now).value();
    CHECK(crypto::verify_chain(issued.pem, authority_pem(), crypto::Purpose::client, now).ok());
}

TEST_CASE("an authority is not made of pieces that do not belong together") {
    const auto kind = [](const core::Result<crypto::Authority>& result) {
        return result.ok() ? core::ErrorKind::internal : result.error().kind;
    };
    CHECK(kind(crypto::Authority::load(authority_pem(), key_pem(crypto::TlsKey::generate()))) ==
          core::ErrorKind::invalid);
    CHECK(kind(crypto::Authority::load(pki().device_certificate.pem, key_pem(pki().key))) == core::ErrorKind::invalid);
    CHECK(kind(crypto::Authority::load("", "")) == core::ErrorKind::invalid);
    CHECK(kind(crypto::Authority::create("", now)) == core::ErrorKind::invalid);
}

TEST_CASE("serials are 128 random bits") {
    std::set<std::string> serials;
    for (int i = 0; i < 200; ++i) {
        const auto issued = pki().authority.issue_signing(pki().central_key.public_key(), now).value();
        CHECK(issued.serial.size() == 32);
        serials.insert(issued.serial);
    }
    CHECK(serials.size() == 200);
    const auto seen = openssl("x509 -in %1 -noout -serial", {pki().device_certificate.pem});
    std::string upper = pki().device_certificate.serial;
    for (char& c : upper) c = static_cast<char>(c >= 'a' ? c - 'a' + 'A' : c);
    CHECK(seen.says(upper));
}

TEST_CASE("requests for the wrong name, and names that are none, are refused") {
    const auto& authority = pki().authority;
    const auto other = core::DeviceId::parse("zzzzzzzzzzzzz").value();
    const auto wrong = authority.issue_device(pki().device_csr, other, pki().record_key.public_key(), now);
    CHECK(wrong.error().kind == core::ErrorKind::denied);
    CHECK(authority.issue_service(pki().device_csr, now).error().kind == core::ErrorKind::denied);
    const auto as_central = crypto::make_csr(pki().key, "central-sign").value();
    CHECK(authority.issue_service(as_central, now).error().kind == core::ErrorKind::denied);
    for (const auto& names : {crypto::ServerNames{}, crypto::ServerNames{{"a b"}, {}}, crypto::ServerNames{{""}, {}},
                              crypto::ServerNames{{}, {"300.1.1.1"}}, crypto::ServerNames{{}, {"localhost"}},
                              crypto::ServerNames{{"a.example,IP:1.2.3.4"}, {}}}) {
        CHECK(authority.issue_server(pki().device_csr, names, now).error().kind == core::ErrorKind::invalid);
    }
    CHECK_FALSE(authority.issue_server("no request", {{"a.example"}, {}}, now).ok());
}

TEST_CASE("an authority that has run out issues nothing") {
    const auto later = pki().authority.certificate().not_after;
    CHECK(pki().authority.issue_signing(pki().central_key.public_key(), later).error().kind ==
          core::ErrorKind::conflict);
}
