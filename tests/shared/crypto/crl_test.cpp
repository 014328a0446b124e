#include "shared/crypto/crl.hpp"

#include <doctest/doctest.h>

#include "tests/shared/crypto/bytes_of.hpp"
#include "tests/shared/crypto/pki.hpp"

using namespace plus7;
using test::day;
using test::now;
using test::openssl;
using test::pki;

namespace {

const std::string& authority_pem() { return pki().authority.certificate().pem; }

std::string list_of(const std::vector<crypto::Revoked>& revoked, std::uint64_t number = 7) {
    return crypto::issue_crl(pki().authority, revoked, number, now).value();
}

}  // namespace

TEST_CASE("a revocation list comes back with its number, dates and serials") {
    const auto serial = pki().device_certificate.serial;
    const auto crl =
        crypto::verify_crl(list_of({{serial, now - day}, {"01", now}}, 1'000'000'000'007), authority_pem());
    REQUIRE(crl.ok());
    CHECK(crl->number == 1'000'000'000'007);
    CHECK(crl->this_update == now - day);
    CHECK(crl->next_update > now + 3650 * day);
    CHECK(crl->revoked.size() == 2);
    CHECK(std::find(crl->revoked.begin(), crl->revoked.end(), crypto::Revoked{serial, now - day}) !=
          crl->revoked.end());
}

TEST_CASE("openssl reads the list and refuses exactly the revoked certificate by it") {
    const auto list = list_of({{pki().device_certificate.serial, now}});
    const auto seen = openssl("crl -in %1 -CAfile %2 -noout -text", {list, authority_pem()});
    CHECK(seen.code == 0);
    CHECK(seen.says("verify OK"));
    std::string upper = pki().device_certificate.serial;
    for (char& c : upper) c = static_cast<char>(c >= 'a' ? c - 'a' + 'A' : c);
    CHECK(seen.says(upper));
    CHECK(seen.says("X509v3 CRL Number"));

    const auto verify = [&](const std::string& crl, const crypto::Certificate& certificate) {
        return openssl("verify -crl_check -x509_strict -attime " + std::to_string(core::count(now) / 1'000'000) +
                           " -CAfile %1 -CRLfile %2 %3",
                       {authority_pem(), crl, certificate.pem});
    };
    const auto revoked = verify(list, pki().device_certificate);
    CHECK(revoked.code != 0);
    CHECK(revoked.says("certificate revoked"));
    CHECK(verify(list, pki().service_certificate).code == 0);
    CHECK(verify(list_of({}), pki().device_certificate).code == 0);
}

TEST_CASE("a list of thousands is made and read") {
    std::vector<crypto::Revoked> many;
    for (std::uint32_t i = 0; i < 5000; ++i) {
        many.push_back({core::to_hex(std::vector<std::uint8_t>{1, static_cast<std::uint8_t>(i >> 8U),
                                                               static_cast<std::uint8_t>(i & 255U)}),
                        now});
    }
    CHECK(crypto::verify_crl(list_of(many), authority_pem()).value().revoked.size() == 5000);
}

TEST_CASE("a serial that is none is named") {
    for (const auto& serial : std::vector<std::string>{"", "xyz", "123", std::string(42, 'a')}) {
        const auto crl = crypto::issue_crl(pki().authority, {{serial, now}}, 1, now);
        REQUIRE_FALSE(crl.ok());
        CHECK(crl.error().kind == core::ErrorKind::invalid);
        CHECK(crl.error().message.find(serial) != std::string::npos);
    }
}

TEST_CASE("a list of another authority, and a damaged one, are refused without a crash") {
    const auto other = crypto::Authority::create("plus7 test authority", now).value();
    const auto list = list_of({{pki().device_certificate.serial, now}});
    CHECK(crypto::verify_crl(list, other.certificate().pem).error().kind == core::ErrorKind::denied);
    CHECK_FALSE(crypto::verify_crl("", authority_pem()).ok());
    CHECK_FALSE(crypto::verify_crl(authority_pem(), authority_pem()).ok());
    std::mt19937 random(3);
    for (int i = 0; i < 2000; ++i) {
        CAPTURE(i);
        const auto crl = crypto::verify_crl(test::damaged(list, random), authority_pem());
        if (crl.ok()) CHECK(crl->revoked.at(0).serial == pki().device_certificate.serial);
    }
}
