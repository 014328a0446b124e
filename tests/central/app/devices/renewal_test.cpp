#include "tests/central/app/devices/depot.hpp"

using namespace plus7;
using namespace plus7::central;
using namespace std::chrono_literals;
using app::devices::RenewalRequest;
using core::ErrorKind;
using test::Depot;
using test::Handheld;

namespace {

template <typename T>
core::Result<std::string> renew(Depot<T>& depot, const RenewalRequest& request) {
    const auto checked = depot.read(
        [&](sql::Tx& tx) { return app::devices::check_renewal(tx, *depot.authority, request, depot.clock.at); });
    if (!checked) return checked.error();
    if (checked->certificate) return *checked->certificate;
    const auto issued = depot.authority->issue_device(request.csr_pem, checked->device, checked->record_key);
    if (!issued) return issued.error();
    const auto kept =
        depot.write([&](sql::Tx& tx) { return app::devices::commit_renewal(tx, *checked, *issued, depot.clock.at); });
    if (!kept) return kept.error();
    return issued->pem;
}

}  // namespace

TEST_CASE_TEMPLATE("a certificate is renewed with a new TLS key until 90 days after its end", T, PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    Handheld handheld;
    const auto old = depot.enrol(id, handheld).value();
    handheld.tls = crypto::TlsKey::generate();
    depot.clock.at += 179 * 24h;
    const auto pem = renew(depot, handheld.renewal(old, id));
    REQUIRE(pem.ok());
    const auto young = crypto::verify_chain(*pem, depot.authority->ca_pem(), crypto::Purpose::client, depot.clock.at);
    REQUIRE(young.ok());
    CHECK(young->record_key == handheld.record.public_key());
    CHECK(young->public_key == handheld.tls.public_key());
    depot.clock.at += 2 * 24h;
    CHECK(renew(depot, handheld.renewal(old, id)).error().kind == ErrorKind::expired);
}

TEST_CASE_TEMPLATE("a lost answer is given again: the same key within a day gets the same certificate", T,
                   PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const Handheld handheld;
    const auto old = depot.enrol(id, handheld).value();
    depot.clock.at += 40 * 24h;
    const auto first = renew(depot, handheld.renewal(old, id)).value();
    CHECK(first != old);
    CHECK(renew(depot, handheld.renewal(old, id)).value() == first);
    depot.clock.at += 25h;
    CHECK(renew(depot, handheld.renewal(old, id)).value() != first);
}

TEST_CASE_TEMPLATE("who has not the record key, or another authority's certificate, renews nothing", T,
                   PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const Handheld handheld, thief;
    const auto pem = depot.enrol(id, handheld).value();
    CHECK(renew(depot, thief.renewal(pem, id)).error().kind == ErrorKind::denied);
    const auto other_name = core::DeviceId::random();
    CHECK(renew(depot, handheld.renewal(pem, other_name)).error().kind == ErrorKind::denied);
    auto swapped = handheld.renewal(pem, id);
    swapped.csr_pem = thief.renewal(pem, id).csr_pem;
    CHECK(renew(depot, swapped).error().kind == ErrorKind::denied);

    const auto foreign = crypto::Authority::create("somebody else", depot.clock.at).value();
    const auto forged = foreign.issue_device(crypto::make_csr(handheld.tls, id.text()).value(), id,
                                             handheld.record.public_key(), depot.clock.at);
    CHECK(renew(depot, handheld.renewal(forged->pem, id)).error().kind == ErrorKind::denied);
    CHECK(renew(depot, handheld.renewal("nothing", id)).error().kind == ErrorKind::invalid);
}

TEST_CASE_TEMPLATE("a certificate that was replaced by enrolling again renews nothing", T, PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const Handheld before, after;
    const auto old = depot.enrol(id, before).value();
    const auto young = depot.enrol(id, after).value();
    CHECK(renew(depot, before.renewal(old, id)).error().kind == ErrorKind::denied);
    CHECK(renew(depot, after.renewal(young, id)).ok());
}

TEST_CASE_TEMPLATE("a revoked serial is refused even where the database was rolled back", T, PLUS7_BOTH_ENGINES) {
    Depot<T> depot;
    const auto id = depot.create();
    const Handheld handheld;
    const auto pem = depot.enrol(id, handheld).value();
    REQUIRE(depot.write([](sql::Tx& tx) { tx.exec("DELETE FROM certificate"); }).ok());
    CHECK(renew(depot, handheld.renewal(pem, id)).ok());
    REQUIRE(depot.authority->revoke({test::serial_of(pem)}).ok());
    CHECK(renew(depot, handheld.renewal(pem, id)).error().kind == ErrorKind::denied);
}
