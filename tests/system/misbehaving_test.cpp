// A handheld with a good certificate and bad manners: whatever it sends is counted, refused or set aside; central, the
// broker and everybody else go on.
#include <doctest/doctest.h>

#include <fstream>

#include "agent/store/identity.hpp"
#include "shared/core/uuid.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "shared/wire/compression.hpp"
#include "tests/support/eventually.hpp"
#include "tests/system/figures.hpp"
#include "tests/system/hand_client.hpp"
#include "tests/system/journey.hpp"

using namespace plus7;
using namespace plus7::test;
using wire::TopicKind;

namespace {

struct Bad {
    std::string name;
    TopicKind kind;
    core::Bytes bytes;
    std::string outcome;
};

// A batch of three facts whose payload may be anything.
core::Bytes batch_of(const HandDevice& device, int version, int encoding, std::uint64_t inflated,
                     core::ByteView payload) {
    wire::CborWriter out;
    out.array(8).uint(static_cast<std::uint64_t>(version)).uint(1).bytes(device.epoch.bytes()).uint(device.seq + 1);
    out.uint(3).uint(static_cast<std::uint64_t>(encoding)).uint(inflated).bytes(payload);
    return out.take();
}

core::Bytes cut(core::Bytes bytes) {
    bytes.resize(bytes.size() - 5);
    return bytes;
}

// None of these moves the device's chain.
std::vector<Bad> bad_messages(const HandDevice& device, const core::Bytes& sent, const core::Bytes& stolen) {
    constexpr std::size_t large = 8 * 1024 * 1024;
    const auto bomb = wire::deflate(core::Bytes(large, 0));
    const core::Bytes deep(60'000, 0x81), garbage{0xff, 0xff, 0xff, 0xff}, too_long(100'000, 0);
    auto later = device;  // facts that nobody knows yet, cut on their way
    const auto facts = later.scans(3);
    return {{"a hello that is garbage", TopicKind::hello, garbage, "refused"},
            {"garbage for facts", TopicKind::fact, garbage, "quarantined"},
            {"garbage for a track", TopicKind::track, garbage, "quarantined"},
            {"garbage for a blob", TopicKind::blob, garbage, "quarantined"},
            {"an empty answer to a view", TopicKind::up_view, {}, "refused"},
            {"a state that is garbage", TopicKind::state, garbage, "refused"},
            {"a place that is garbage", TopicKind::live, garbage, "refused"},
            {"nothing but nesting", TopicKind::fact, deep, "quarantined"},
            {"a batch of another version", TopicKind::fact, batch_of(device, 2, 0, 4, garbage), "quarantined"},
            {"a payload that is garbage", TopicKind::fact, batch_of(device, 1, 0, 4, garbage), "refused"},
            {"a payload of nesting", TopicKind::fact, batch_of(device, 1, 0, deep.size(), deep), "refused"},
            {"a bomb that denies it", TopicKind::fact, batch_of(device, 1, 1, 1000, bomb), "refused"},
            {"a bomb that says so", TopicKind::fact, batch_of(device, 1, 1, large, bomb), "refused"},
            {"a longer batch than any", TopicKind::fact, batch_of(device, 1, 0, too_long.size(), too_long), "refused"},
            {"a batch that is cut", TopicKind::fact, cut(later.batch(facts, device.seq + 1)), "refused"},
            {"facts under the topic of tracks", TopicKind::track, sent, "quarantined"},
            {"what it sent before", TopicKind::fact, sent, "duplicate"},
            {"what another one sent", TopicKind::fact, stolen, "refused"}};
}

std::uint64_t ended(const std::string& url, const std::string& outcome) {
    return Figures(url).sum("plus7_ingest_frames_total", "outcome=\"" + outcome + "\"");
}

std::size_t scans_of(StaffClient& staff, const HandClient& hand) {
    return staff.events(hand.carried.courier, "scan").size();
}

// By a program that is not ours, in either version of MQTT; what it says of success is not asked.
void publish_by_mosquitto(const HandClient& hand, const std::string& version, const std::string& topic,
                          const core::Bytes& payload) {
    const agent::store::IdentityFiles files(hand.data());
    const TempDir dir;
    std::ofstream(dir.file("payload"), std::ios::binary) << core::text_of(payload);
    Process client({"mosquitto_pub",
                    "-V",
                    version,
                    "-h",
                    "127.0.0.1",
                    "-p",
                    std::to_string(hand.broker_port()),
                    "--cafile",
                    files.authority().string(),
                    "--cert",
                    files.certificate().string(),
                    "--key",
                    files.tls_key().string(),
                    "-i",
                    hand.device.id.text(),
                    "-q",
                    "1",
                    "-t",
                    topic,
                    "-f",
                    dir.file("payload")});
    REQUIRE_MESSAGE(client.wait().has_value(), client.output());
    REQUIRE(client.wait() != 127);
}

}  // namespace

TEST_CASE("whatever a handheld with bad manners sends is counted, and its neighbour's scans arrive") {
    CentralProcess central;
    StaffClient staff(central.url(), central.setup_token());
    Journey good(central, staff, "M-1");
    HandClient bad(staff, "M-2"), robbed(staff, "M-3");
    const auto pid = central.pid(), broker = central.broker_pid();
    const auto one = bad.device.batch(bad.device.scans(2), 1);
    const auto other = robbed.device.batch(robbed.device.scans(1), 1);
    for (auto* hand : {&bad, &robbed}) REQUIRE(hand->say(TopicKind::hello, wire::encode(hand->device.hello())));
    REQUIRE(bad.say(TopicKind::fact, one));
    REQUIRE(robbed.say(TopicKind::fact, other));
    REQUIRE(eventually([&] { return scans_of(staff, bad) == 2 && scans_of(staff, robbed) == 1; }));

    for (const auto& message : bad_messages(bad.device, one, other)) {
        CAPTURE(message.name);
        const auto before = ended(central.url(), message.outcome);
        REQUIRE(bad.say(message.kind, message.bytes));
        CHECK(eventually([&] { return ended(central.url(), message.outcome) > before; }));
        good.scan();
    }
    // Signed by somebody else: set aside under its number, and the chain goes on behind it.
    const auto forged =
        bad.device.seal(bad.device.draft("scan", wire::encode_data(model::Scan{{1}, {}})), &*robbed.device.key);
    const auto first = bad.device.seq;
    REQUIRE(bad.say(TopicKind::fact, bad.device.batch({forged, bad.device.scan("AFTER-ALL")}, first)));
    CHECK(eventually([&] { return scans_of(staff, bad) == 3; }));
    CHECK(Figures(central.url()).sum("plus7_ingest_records_total", "what=\"quarantined\"") == 1);
    CHECK(scans_of(staff, robbed) == 1);

    CHECK_MESSAGE(good.arrived(), good.broken_promise());
    CHECK(eventually([&] { return add_up(Figures(central.url())); }));
    CHECK(central.pid() == pid);
    CHECK(central.broker_pid() == broker);
    good.expect_whole();
}

TEST_CASE("a packet beyond the broker's limit, an older MQTT and foreign topics bring nobody anything") {
    CentralProcess central;
    StaffClient staff(central.url(), central.setup_token());
    Journey good(central, staff, "O-1");
    HandClient hand(staff, "O-2");
    publish_by_mosquitto(hand, "mqttv5", hand.topic(TopicKind::hello), wire::encode(hand.device.hello()));
    std::size_t arrived = 0;
    for (const std::string version : {"mqttv311", "mqttv5"}) {
        CAPTURE(version);
        const auto stranger = wire::topic_name(*core::DeviceId::parse(good.carried.device), TopicKind::fact);
        const auto seq = hand.device.seq + 1;
        const auto batch = hand.device.batch({hand.device.scan()}, seq);
        publish_by_mosquitto(hand, version, hand.topic(TopicKind::fact), core::Bytes(200'000, 0));
        publish_by_mosquitto(hand, version, stranger, batch);
        publish_by_mosquitto(hand, version, hand.topic(TopicKind::ack), batch);
        publish_by_mosquitto(hand, version, "p7/1/_central/news", batch);
        publish_by_mosquitto(hand, version, "p7/2/" + hand.device.id.text() + "/up/fact", batch);
        good.scan();
        CHECK_MESSAGE(good.arrived(), good.broken_promise());  // the fence: it went the same way, and later
        CHECK(scans_of(staff, hand) == arrived);
        publish_by_mosquitto(hand, version, hand.topic(TopicKind::fact), batch);  // an older MQTT is served alike
        ++arrived;
        CHECK(eventually([&] { return scans_of(staff, hand) == arrived; }));
    }
    for (const std::string outcome : {"refused", "quarantined", "dropped"})
        CHECK_MESSAGE(ended(central.url(), outcome) == 0, outcome);
    // Of facts only: the state of a connection that is over is a duplicate too, and a good handheld may send one.
    CHECK(ended(central.url(), "applied\",topic=\"up/fact") > 0);
    CHECK(ended(central.url(), "duplicate\",topic=\"up/fact") == 0);
    CHECK(eventually([&] { return add_up(Figures(central.url())); }));
    good.expect_whole();
}
