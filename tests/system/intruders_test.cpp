// Handhelds that must stay outside: what counts is that nothing of theirs is delivered.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include "agent/store/identity.hpp"
#include "shared/crypto/authority.hpp"
#include "shared/crypto/csr.hpp"
#include "tests/support/eventually.hpp"
#include "tests/system/journey.hpp"

using namespace plus7;
using namespace plus7::test;

namespace {

std::string text_of(const std::filesystem::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

struct Handheld {
    explicit Handheld(const Journey& journey)
        : files(journey.agent.data()), id(*core::DeviceId::parse(journey.carried.device)) {}

    // Another certificate for the same device and the same key.
    std::string certified_by(const crypto::Authority& authority, core::TimeUs now) const {
        const auto key = agent::store::load_tls_key(files);
        const auto csr = crypto::make_csr(key.value(), id.text());
        const auto record_key = agent::store::load_record_key(files);
        return authority.issue_device(csr.value(), id, record_key->public_key(), now)->pem;
    }
    std::string own() const { return text_of(files.certificate()); }
    void carry(const std::string& pem) const { std::ofstream(files.certificate()) << pem; }

    agent::store::IdentityFiles files;
    core::DeviceId id;
};

bool connected(const Journey& journey) {
    return journey.agent.command({"status"}).output.find("connection: running") != std::string::npos;
}

// Scans that were recorded with this certificate; a good handheld's scans, which come through meanwhile, are the fence.
void expect_nothing_delivered(Journey& intruder, Journey& good) {
    const auto before = intruder.scans_at_central();
    intruder.agent.start();
    for (int i = 0; i < 3; ++i) {
        intruder.scan();
        good.scan();
        REQUIRE_MESSAGE(good.arrived(), good.broken_promise());
    }
    CHECK(eventually([&] { return intruder.agent.output().find("no connection to the broker") != std::string::npos; }));
    CHECK_FALSE(connected(intruder));
    CHECK(intruder.scans_at_central() == before);
    CHECK(intruder.agent.stop() == 0);
}

}  // namespace

TEST_CASE("a foreign, an expired and a revoked handheld deliver nothing, and keep what they recorded") {
    CentralProcess central;
    StaffClient staff(central.url(), central.setup_token());
    Journey good(central, staff, "I-1"), intruder(central, staff, "I-2");
    intruder.scan();
    REQUIRE_MESSAGE(intruder.arrived(), intruder.broken_promise());
    REQUIRE(intruder.agent.stop() == 0);
    const Handheld handheld(intruder);
    const auto now = core::SystemClock{}.now();

    const auto stranger = crypto::Authority::create("another authority", now);
    handheld.carry(handheld.certified_by(stranger.value(), now));
    expect_nothing_delivered(intruder, good);

    const auto ours =
        crypto::Authority::load(text_of(central.data_file("ca/ca.crt")), text_of(central.data_file("ca/ca.key")));
    constexpr std::chrono::hours day{24};  // certificates last 90 days, and are renewed for 90 days more
    handheld.carry(handheld.certified_by(ours.value(), now - 200 * day));
    expect_nothing_delivered(intruder, good);

    // With one that ended a short time ago it asks for a new one by itself, and all that waited comes through: nothing
    // else kept it outside.
    const auto ended = handheld.certified_by(ours.value(), now - 100 * day);
    handheld.carry(ended);
    intruder.agent.start();
    CHECK_MESSAGE(intruder.arrived(), intruder.broken_promise());
    CHECK(handheld.own() != ended);

    REQUIRE(staff.post("/api/v1/devices/" + intruder.carried.device + "/revoke", {{"reason", "lost"}}).status == 200);
    CHECK(eventually([&] { return !connected(intruder); }));
    CHECK(intruder.agent.stop() == 0);
    expect_nothing_delivered(intruder, good);
    CHECK(good.agent.stop() == 0);
    CHECK(central.stop() == 0);
}

TEST_CASE("a locked handheld shows it, takes no new work and still delivers what it knows; unlocked it works again") {
    CentralProcess central;
    StaffClient staff(central.url(), central.setup_token());
    Journey journey(central, staff, "L-1");
    const auto device = "/api/v1/devices/" + journey.carried.device;
    journey.scan();
    REQUIRE(staff.post(device + "/lock", {{"reason", "lost"}}).status == 200);
    const auto locked = [&] { return journey.agent.command({"status"}).output.find("locked") != std::string::npos; };
    CHECK(eventually(locked));
    CHECK_MESSAGE(journey.arrived(), journey.broken_promise());
    const auto shift = [&](const char* what) { return journey.agent.command({"shift", what}).code; };
    CHECK(shift("end") == 0);
    CHECK(shift("start") == 1);
    REQUIRE(staff.post(device + "/unlock").status == 200);
    CHECK(eventually([&] { return !locked(); }));
    CHECK(eventually([&] { return shift("start") == 0; }));
    journey.scan();
    CHECK(journey.saved.size() == 2);
    journey.expect_whole();
}
