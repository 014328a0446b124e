// A central without network: database, authority and clock; and handhelds that enrol at it.
#pragma once
#include "central/app/couriers/couriers.hpp"
#include "central/app/devices/carrying.hpp"
#include "central/app/devices/enrolment.hpp"
#include "central/app/devices/registry.hpp"
#include "central/app/devices/renewal.hpp"
#include "central/broker/authority_folder.hpp"
#include "central/store/certificate_store.hpp"
#include "central/store/migrations.hpp"
#include "shared/crypto/csr.hpp"
#include "tests/shared/sql/engines.hpp"

namespace plus7::test {

struct SetClock final : core::Clock {
    core::TimeUs at = core::time_us(1'795'000'000'000'000);
    core::TimeUs now() override { return at; }
    std::chrono::milliseconds mono() override { return std::chrono::milliseconds{1}; }
};

// The keys of one handheld.
struct Handheld {
    crypto::TlsKey tls = crypto::TlsKey::generate();
    crypto::SigningKey record = crypto::SigningKey::generate();

    central::app::devices::FinishRequest finish(const std::string& token, const core::DeviceId& id,
                                                const core::Nonce& nonce) const {
        return {token,
                nonce,
                crypto::make_csr(tls, id.text()).value(),
                record.public_key(),
                tls.sign(nonce.bytes()),
                record.sign(nonce.bytes())};
    }
    central::app::devices::RenewalRequest renewal(const std::string& certificate, const core::DeviceId& id) const {
        const auto csr = crypto::make_csr(tls, id.text()).value();
        return {certificate, csr, record.sign(crypto::verify_csr(csr)->fingerprint.bytes())};
    }
};

template <typename Engine>
struct Depot {
    Engine engine;
    std::unique_ptr<sql::Database> database = engine.open();
    SetClock clock;
    TempDir folder;
    std::unique_ptr<central::broker::AuthorityFolder> authority =
        std::move(central::broker::AuthorityFolder::open(folder.path() / "ca", {{"localhost"}, {}}, clock)).value();

    Depot() { REQUIRE(sql::migrate(*database, central::store::migrations()).ok()); }

    template <typename Fn>
    auto write(Fn fn) {
        return database->write(fn);
    }
    template <typename Fn>
    auto read(Fn fn) {
        return database->read(fn);
    }

    core::DeviceId create(const std::string& label = "handheld") {
        return write([&](sql::Tx& tx) { return central::app::devices::create_device(tx, label, clock.at); })->id;
    }
    core::Result<central::app::devices::OpenedEnrolment> open(const core::DeviceId& id) {
        return write([&](sql::Tx& tx) { return central::app::devices::open_enrolment(tx, id, clock.at); });
    }
    core::Result<central::app::devices::StartedEnrolment> start(const std::string& token) {
        return write([&](sql::Tx& tx) { return central::app::devices::start_enrolment(tx, token, clock.at); });
    }
    core::Result<central::app::devices::CheckedFinish> check(const central::app::devices::FinishRequest& request) {
        return read([&](sql::Tx& tx) { return central::app::devices::check_finish(tx, request, clock.at); });
    }
    core::Result<central::app::devices::FinishedEnrolment> commit(
        const central::app::devices::FinishRequest& request, const central::app::devices::CheckedFinish& checked,
        const central::app::devices::IssuedCertificate& issued) {
        return write(
            [&](sql::Tx& tx) { return central::app::devices::commit_finish(tx, request, checked, issued, clock.at); });
    }
    // The three steps, as the API takes them.
    core::Result<std::string> finish(const central::app::devices::FinishRequest& request) {
        const auto checked = check(request);
        if (!checked) return checked.error();
        if (checked->certificate) return *checked->certificate;
        const auto issued = authority->issue_device(request.csr_pem, checked->device, request.record_key);
        if (!issued) return issued.error();
        const auto finished = commit(request, *checked, *issued);
        if (!finished) return finished.error();
        REQUIRE(authority->revoke(finished->revoke).ok());
        return finished->certificate;
    }
    // From a new token to the certificate.
    core::Result<std::string> enrol(const core::DeviceId& id, const Handheld& handheld) {
        const auto token = open(id);
        if (!token) return token.error();
        const auto started = start(token->token);
        if (!started) return started.error();
        return finish(handheld.finish(token->token, started->device, started->nonce));
    }
    central::store::DeviceRow row(const core::DeviceId& id) {
        return *read([&](sql::Tx& tx) { return central::store::find_device(tx, id); }).value();
    }
};

inline std::string serial_of(const std::string& pem) { return crypto::inspect(pem)->serial; }

}  // namespace plus7::test
