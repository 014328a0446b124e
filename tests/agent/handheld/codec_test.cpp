// The JSON of the control socket, and the custody file against tampering.
#include <doctest/doctest.h>

#include "agent/handheld/answers.hpp"
#include "agent/handheld/custody_check.hpp"
#include "agent/handheld/custody_file.hpp"
#include "agent/handheld/status.hpp"
#include "shared/crypto/authority.hpp"
#include "shared/crypto/ed25519.hpp"
#include "shared/proof/handheld_file.hpp"
#include "shared/sql/tx.hpp"
#include "shared/wire/fact.hpp"
#include "tests/support/temp_dir.hpp"

using namespace plus7;
using namespace plus7::agent::handheld;

namespace {

std::string custody_text(const crypto::SigningKey& key, const std::string& certificate = "certificate") {
    test::TempDir dir;
    agent::store::StoresOptions options;
    options.dir = dir.path();
    options.reserve_bytes = 0;
    const auto device = core::DeviceId::random();
    const auto stores = std::move(agent::store::Stores::open(options, device, key).value());
    for (int i = 0; i < 300; ++i)
        REQUIRE(stores->outbox().append(agent::store::make_act(model::Scan{{'A'}, model::Symbology::unknown}, {})));
    const agent::store::KeptFacts facts(stores->core_database());
    CustodyFile file(facts, {device, key.public_key(), certificate, "authority", {}}, key);
    std::string text;
    for (auto piece = file.next(); !piece.empty(); piece = file.next()) text += piece;
    return text;
}

core::Result<std::uint64_t> check(const std::string& text) {
    CustodyCheck checking;
    for (std::size_t at = 0; at < text.size(); at += 1000) checking.feed(std::string_view(text).substr(at, 1000));
    return checking.finish();
}

}  // namespace

TEST_CASE("a full and an empty status read back as they were written") {
    Status status;
    CHECK(*status_from_json(to_json(status)) == status);
    status.device = "0123456789abc";
    status.traffic = {12'345, true, 86'400};
    status.shift = Status::Shift{"id", "C-017", "2026-11-22T10:00:00Z", 12'345};
    status.unacked = {1, 2, 3, 40};
    status.gps = {false, true, true, 5, 3.5};
    status.scanner = false;
    status.battery = Status::Battery{55, true};
    status.storage = {1 << 30, 2};
    CHECK(*status_from_json(to_json(status)) == status);
    for (const auto* text : {"", "[]", "{\"view\": \"x\"}", "nonsense"}) CHECK_FALSE(status_from_json(text));
}

TEST_CASE("scan requests other than {\"code\": text} are refused") {
    CHECK(core::text_of(*read_scan_request("{\"code\": \"A-1\"}")) == "A-1");
    for (const auto* body : {"", "{}", "[]", "{\"code\": 5}", "{\"code\": null}", "A-1", "{\"code\": \"\xff\"}"})
        CHECK_FALSE(read_scan_request(body));
}

TEST_CASE("what checks a parcel's custody file elsewhere reads the handheld's own") {
    const auto key = crypto::SigningKey::generate();
    const auto now = *core::from_iso8601("2026-11-22T10:00:00Z");
    const auto authority = crypto::Authority::create("test CA", now).value();
    const auto certificate = authority.issue_signing(key.public_key(), now).value().pem;
    const auto file = proof::open_handheld_file(custody_text(key, certificate)).value();
    CHECK(file.key == key.public_key());
    REQUIRE(file.facts.size() == 300);
    CHECK(wire::verify(wire::decode_fact_record(file.facts[299].record).value(), key.public_key()));
    CHECK_FALSE(file.facts[299].acked);
}

TEST_CASE("a custody file is whole to the last byte, or it is refused") {
    const auto key = crypto::SigningKey::generate();
    const auto text = custody_text(key);
    CHECK(*check(text) == 300);
    CHECK_FALSE(check(""));
    CHECK_FALSE(check(text.substr(0, text.size() - 1)));
    CHECK_FALSE(check(text.substr(0, text.rfind('\n', text.size() - 2) + 1)));  // without its end
    const auto second = text.find('\n') + 1, third = text.find('\n', second) + 1;
    CHECK_FALSE(check(text.substr(0, second) + text.substr(third)));  // without its first fact
    for (const auto at : {second + 40, third + 20, text.size() / 2}) {
        auto changed = text;
        changed[at] = changed[at] == 'a' ? 'b' : 'a';
        CHECK_FALSE(check(changed));
    }
}

TEST_CASE("a custody file that somebody else signed under the device's name is refused") {
    const auto ours = custody_text(crypto::SigningKey::generate());
    const auto other = crypto::SigningKey::generate();
    auto forged = custody_text(other);
    const auto line = [](const std::string& text) { return text.substr(0, text.find('\n')); };
    forged.replace(0, line(forged).size(), line(ours));
    CHECK_FALSE(check(forged));
}
