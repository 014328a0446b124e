#include "shared/wire/fact_data.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

#include "shared/crypto/sha256.hpp"
#include "shared/wire/cbor_writer.hpp"
#include "tests/shared/wire/samples.hpp"

namespace core = plus7::core;
namespace model = plus7::model;
namespace wire = plus7::wire;
using plus7::test::filled;

namespace {

template <typename Data>
void there_and_back(const Data& data) {
    const auto bytes = wire::encode_data(data);
    CAPTURE(Data::type);
    CAPTURE(core::to_hex(bytes));
    const auto read = wire::decode_data<Data>(bytes);
    REQUIRE(read.ok());
    CHECK(*read == data);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        CHECK_FALSE(wire::decode_data<Data>(core::ByteView(bytes).first(size)).ok());
    }
    CHECK_FALSE(wire::decode_data<Data>(wire::CborMap{}.encode()).ok());
    CHECK_FALSE(wire::decode_data<Data>(plus7::test::hex("80")).ok());
}

}  // namespace

TEST_CASE("the data of every fact type is read back as it was") {
    there_and_back(model::ShiftStarted{true});
    there_and_back(model::ShiftEnded{model::ShiftEnd::dispatcher, 123'456});
    there_and_back(model::BreakEnded{model::ShiftEnd::device});
    there_and_back(model::Scan{plus7::test::hex("00ff1d"), model::Symbology::data_matrix});
    there_and_back(model::Scan{plus7::test::hex("00ff1d"), model::Symbology::qr, filled<model::RegistryId>(3)});
    there_and_back(model::DeviceStarted{"0.1.0", true});
    there_and_back(model::DeviceStoreDamaged{"core.db", 7});
    there_and_back(model::DeviceGpsdLost{std::chrono::milliseconds{31'000}});
    there_and_back(model::DeviceStorageLow{1'000'000, 2});
    there_and_back(model::DeviceBattery{100, false});
    there_and_back(model::DeviceWiped{model::WipeId{{3}}});
    there_and_back(model::FactGap{3, 9, filled<core::Hash>(4)});
    there_and_back(model::TrackDigest{filled<core::Epoch>(3), 101, 200, filled<core::Hash>(5)});
    there_and_back(model::ChatSent{filled<core::Hash>(10)});
    there_and_back(model::ChatRead{filled<core::EventId>(11)});
    there_and_back(model::BlobLost{filled<core::Hash>(6)});
    there_and_back(
        model::KeyRotated{filled<core::PublicKey>(7), filled<core::PublicKey>(8), filled<core::Signature>(9)});
}

TEST_CASE("the data of what was done with parcels and money is read back as it was") {
    const model::Holder depot{model::HolderKind::depot, filled<model::HolderId>(1)};
    const model::Holder courier{model::HolderKind::courier, filled<model::HolderId>(2)};
    const model::Holder customer{model::HolderKind::customer, {}};
    there_and_back(model::HandedOver{depot, courier, model::Half::none, model::Leg::delivery, {}, {}});
    there_and_back(
        model::HandedOver{depot, courier, model::Half::none, model::Leg::delivery, {}, {}, filled<model::BagId>(3)});
    there_and_back(model::HandedOver{courier, courier, model::Half::give, model::Leg::line_haul, {}, {}});
    there_and_back(model::HandedOver{
        courier,
        customer,
        model::Half::none,
        model::Leg::delivery,
        filled<model::VisitId>(3),
        {{model::ProofKind::code, {}, filled<core::Hash>(4)}, {model::ProofKind::photo, filled<core::Hash>(5), {}}}});
    there_and_back(model::AttemptFailed{"no_answer", filled<model::VisitId>(6), 2, {}});
    there_and_back(model::AttemptFailed{"wrong_address", filled<model::VisitId>(6), 0, {filled<core::Hash>(7)}});
    there_and_back(model::AttemptFailed{"rescheduled",
                                        filled<model::VisitId>(6),
                                        0,
                                        {},
                                        {{core::time_ms(1'790'000'000'000), core::time_ms(1'790'007'200'000)}}});
    there_and_back(model::Damaged{"помято, угол порван"});
    there_and_back(model::Corrected{filled<core::EventId>(8)});
    there_and_back(model::MoneyTaken{129'000, "RUB", model::MoneyWay::cash, filled<model::VisitId>(9)});
}

TEST_CASE("holders, legs and ways to pay of a later version read as unknown") {
    const auto later = wire::CborMap{}.uint("kind", 99).encode();
    const auto bytes = wire::CborMap{}.item("from", later).item("to", later).uint("leg", 77).encode();
    const auto read = wire::decode_data<model::HandedOver>(bytes);
    REQUIRE(read.ok());
    CHECK(read->from.kind == model::HolderKind::unknown);
    CHECK(read->leg == model::Leg::unknown);
}

TEST_CASE("what no handover, attempt or payment can be is refused on both sides") {
    CHECK_THROWS_AS(wire::encode_data(model::MoneyTaken{0, "RUB", {}, {}}), std::invalid_argument);
    CHECK_THROWS_AS(wire::encode_data(model::MoneyTaken{1, "rub", {}, {}}), std::invalid_argument);
    CHECK_THROWS_AS(wire::encode_data(model::AttemptFailed{"No answer", {}, 0, {}}), std::invalid_argument);
    CHECK_THROWS_AS(wire::encode_data(model::HandedOver{{}, {}, {}, {}, {}, std::vector<model::Proof>(9)}),
                    std::invalid_argument);
    const auto money = [](std::int64_t minor, const char* currency) {
        return wire::CborMap{}.integer("minor", minor).text("currency", currency).uint("way", 1).encode();
    };
    CHECK(wire::decode_data<model::MoneyTaken>(money(1, "EUR")).ok());
    CHECK_FALSE(wire::decode_data<model::MoneyTaken>(money(-1, "EUR")).ok());
    CHECK_FALSE(wire::decode_data<model::MoneyTaken>(money(1, "eur")).ok());
}

TEST_CASE("a break begins without data, and ends with who ended it") {
    CHECK(wire::encode_data(model::BreakStarted{}) == plus7::test::hex("a0"));
    CHECK(wire::decode_data<model::BreakStarted>(plus7::test::hex("a0")).ok());
    CHECK_FALSE(wire::decode_data<model::BreakStarted>(plus7::test::hex("80")).ok());
    CHECK(wire::encode_data(model::BreakEnded{}) == plus7::test::hex("a162627901"));
    const auto later = wire::CborMap{}.uint("by", 9).encode();
    CHECK(wire::decode_data<model::BreakEnded>(later).value().by == model::ShiftEnd::unknown);
}

TEST_CASE("the time that a recipient wants has both ends in order, or is not there") {
    const auto attempt = [](std::optional<int> from, std::optional<int> to) {
        wire::CborMap map;
        map.text("reason", "rescheduled").bytes("visit", filled<model::VisitId>(6).bytes()).uint("calls", 0);
        if (from) map.time("again_from_ms", core::time_ms(*from));
        if (to) map.time("again_to_ms", core::time_ms(*to));
        return wire::decode_data<model::AttemptFailed>(map.encode());
    };
    CHECK(attempt(1, 2)->again == model::AttemptFailed::Again{core::time_ms(1), core::time_ms(2)});
    CHECK_FALSE(attempt({}, {})->again);
    CHECK_FALSE(attempt(1, {}));
    CHECK_FALSE(attempt({}, 2));
    CHECK_FALSE(attempt(2, 2));
    const model::AttemptFailed::Again never{core::time_ms(2), core::time_ms(1)};
    CHECK_THROWS_AS(wire::encode_data(model::AttemptFailed{"rescheduled", {}, 0, {}, never}), std::invalid_argument);
}

TEST_CASE("an orderly stop has no data, and what a later version adds to it is ignored") {
    CHECK(wire::encode_data(model::DeviceStopped{}) == plus7::test::hex("a0"));
    CHECK(wire::decode_data<model::DeviceStopped>(plus7::test::hex("a0")).ok());
    CHECK(wire::decode_data<model::DeviceStopped>(wire::CborMap{}.uint("why", 3).encode()).ok());
    CHECK_FALSE(wire::decode_data<model::DeviceStopped>(plus7::test::hex("80")).ok());
    CHECK_FALSE(wire::decode_data<model::DeviceStopped>({}).ok());
}

TEST_CASE("data out of its bounds is refused on both sides") {
    CHECK_THROWS_AS(wire::encode_data(model::Scan{}), std::invalid_argument);
    CHECK_THROWS_AS(wire::encode_data(model::Scan{core::Bytes(4097), model::Symbology::qr}), std::invalid_argument);
    CHECK(wire::decode_data<model::Scan>(wire::encode_data(model::Scan{core::Bytes(4096), model::Symbology::qr})).ok());
    CHECK_THROWS_AS(wire::encode_data(model::DeviceBattery{101, false}), std::invalid_argument);
    CHECK_THROWS_AS(wire::encode_data(model::DeviceStorageLow{1, 4}), std::invalid_argument);
    CHECK_THROWS_AS(wire::encode_data(model::FactGap{5, 4, {}}), std::invalid_argument);
    CHECK_THROWS_AS(wire::encode_data(model::TrackDigest{{}, 0, 4, {}}), std::invalid_argument);
    CHECK_THROWS_AS(wire::encode_data(model::TrackDigest{{}, 1, 1001, {}}), std::invalid_argument);
    CHECK_THROWS_AS(wire::encode_data(model::DeviceStarted{"", false}), std::invalid_argument);
    const auto battery = wire::CborMap{}.uint("percent", 101).boolean("charging", false).encode();
    CHECK_FALSE(wire::decode_data<model::DeviceBattery>(battery).ok());
    const auto gap = wire::CborMap{}.uint("from", 5).uint("to", 4).bytes("before", core::Hash{}.bytes()).encode();
    CHECK_FALSE(wire::decode_data<model::FactGap>(gap).ok());
}

TEST_CASE("numbers of a later version read as unknown instead of making a fact poison") {
    const auto ended = wire::CborMap{}.uint("by", 9).uint("distance_m", 1).encode();
    CHECK(wire::decode_data<model::ShiftEnded>(ended).value().by == model::ShiftEnd::unknown);
    const auto low = [](std::uint64_t step) {
        return wire::CborMap{}.uint("free_bytes", 1).uint("step", step).encode();
    };
    CHECK(wire::decode_data<model::DeviceStorageLow>(low(4)).value().step == 4);
    CHECK(wire::decode_data<model::DeviceStorageLow>(low(1000)).value().step == 255);
}

TEST_CASE("a symbology of a later version reads as unknown") {
    const auto data = wire::CborMap{}.bytes("code", plus7::test::hex("31")).uint("symbology", 250).encode();
    CHECK(wire::decode_data<model::Scan>(data).value().symbology == model::Symbology::unknown);
}

TEST_CASE("a rotated key is proven by the new key for this epoch and this old key only") {
    const auto epoch = filled<core::Epoch>(1);
    const auto old_key = plus7::test::sample_key().public_key();
    auto rotated = wire::rotate_key(epoch, old_key, plus7::test::central_key());
    CHECK(rotated.new_key == plus7::test::central_key().public_key());
    CHECK(wire::verify_rotation(epoch, rotated));
    CHECK_FALSE(wire::verify_rotation(filled<core::Epoch>(2), rotated));
    rotated.old_key.value[0] ^= 1;
    CHECK_FALSE(wire::verify_rotation(epoch, rotated));
}

TEST_CASE("the digest of a track is the hash of the record hashes in their order") {
    const auto a = filled<core::Hash>(1), b = filled<core::Hash>(2);
    core::Bytes both = core::copy_of(a.bytes());
    both.insert(both.end(), b.value.begin(), b.value.end());
    CHECK(wire::track_digest({a, b}) == plus7::crypto::sha256(both));
    CHECK(wire::track_digest({a, b}) != wire::track_digest({b, a}));
    CHECK(wire::track_digest({}) == plus7::crypto::sha256({}));
}

TEST_CASE("a damage has a note of 1 to 300 characters that a person can read") {
    std::string longest;
    for (int n = 0; n < 300; ++n) longest += "ж";
    CHECK(wire::is_damage_note(longest));
    CHECK_FALSE(wire::is_damage_note(longest + "ж"));
    CHECK_FALSE(wire::is_damage_note(""));
    CHECK_FALSE(wire::is_damage_note(" \n"));
    CHECK_FALSE(wire::is_damage_note("\xff"));
    CHECK_THROWS_AS(wire::encode_data(model::Damaged{""}), std::invalid_argument);
}
