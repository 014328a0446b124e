// The bytes of p7/1 written down. When one of these fails, the code has left the protocol: devices in the field would
// not understand it, and chains would not verify. Never change the hex; docs/protocol.md shows the same. The hex was
// made by a second encoder, written from docs/protocol.md (SHA-256 and Ed25519 by other libraries), not by this code.
#include <doctest/doctest.h>

#include "shared/wire/batch.hpp"
#include "shared/wire/down_envelope.hpp"
#include "shared/wire/fact_data.hpp"
#include "shared/wire/task_rows.hpp"
#include "tests/shared/wire/samples.hpp"

namespace core = plus7::core;
namespace model = plus7::model;
namespace wire = plus7::wire;
using plus7::test::hex;

TEST_CASE("golden: the body, hash and signature of a fact") {
    const auto fact = plus7::test::sample_fact();
    const auto sealed = wire::seal(fact, plus7::test::sample_key());
    CHECK(core::to_hex(plus7::test::sample_key().public_key().bytes()) ==
          "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8");
    CHECK(fact.prev.hex() == "9593b430b0b5c2b9f9e2f5865e0a19ea01b4a9bb87db98f08741648591980b2d");
    CHECK(core::to_hex(sealed.body) ==
          "ad617601626174a564626f6f745022222222222222222222222222222222666770735f6d731b0000019aaaaf33bb676d"
          "6f6e6f5f6d731a05265c006777616c6c5f6d731b0000019aaaaf35086877616c6c5f7372630362657050111111111111"
          "1111111111111111111162696450019aa9c8e87b7abc8def0123456789ab636465766d30313233343536373839616263"
          "63736571016377686fa2657368696674504444444444444444444444444444444467636f757269657250333333333333"
          "333333333333333333336464617461a264636f64654e504b472d303030313233343536376973796d626f6c6f67790164"
          "7072657658209593b430b0b5c2b9f9e2f5865e0a19ea01b4a9bb87db98f08741648591980b2d6474797065647363616e"
          "6476696577076561626f7574a26670617263656c50555555555555555555555555555555556776657273696f6e036577"
          "68657265a4636c61741a21456983636c6f6e1a166b18d0656163635f6d04666167655f6d7318fa");
    CHECK(wire::hash_of_body(sealed.body).hex() == "7abd7120b4487f2f1d03d120bdabfc91cc04dc4955ac404a9f5d919e748fadee");
    CHECK(sealed.sig.hex() ==
          "2740f31e7ecb781de0c9e73364d10b3fb4cb1d443285a14a12a1f8334b3a2695131e7fef4c99fa313dce550ed05a7bf1"
          "0c55415bcb8790eea367ac1ce8917d0b");
}

TEST_CASE("golden: the first link of a chain that has a parent") {
    const wire::Parent parent{plus7::test::filled<core::Epoch>(0x12), 0x0102030405060708,
                              plus7::test::filled<core::Hash>(0x13)};
    CHECK(wire::first_prev(plus7::test::filled<core::Epoch>(0x11), parent).hex() ==
          "c1b55e5bed008e808f253eb60cdcc834db50cc4f88eef3ab3a3fc1133e12d9b8");
}

TEST_CASE("golden: a batch of the track lane") {
    const auto gap = wire::encode_record(wire::Gap{
        core::time_ms(1'763'800'000'000), core::time_ms(1'763'800'060'000), wire::GapReason::power_cut, {{7, 9}}});
    const auto batch = wire::encode_batch(wire::Lane::track, plus7::test::filled<core::Epoch>(0x11), 300,
                                          {wire::encode_block_record(hex("01020304")), gap});
    CHECK(core::to_hex(batch.value()) ==
          "880102501111111111111111111111111111111119012c0200183b583b82820144010203048202a4656e657665728182"
          "07096574305f6d731b0000019aaaac26006574315f6d731b0000019aaaad106066726561736f6e01");
}

TEST_CASE("golden: a batch of the blob lane") {
    const auto hash = *core::Hash::from(plus7::test::sample_key().public_key().bytes());
    const auto chunk = wire::encode_record(wire::BlobChunk{hash, 20000, 16384, hex("aabbcc")});
    const auto batch = wire::encode_batch(wire::Lane::blob, plus7::test::filled<core::Epoch>(0x11), 1, {chunk});
    CHECK(core::to_hex(batch.value()) ==
          "8801035011111111111111111111111111111111010100182e582e8184582003a107bff3ce10be1d70dd18e74bc09967"
          "e4d6309ba50d5f1ddc8664125531b8194e2019400043aabbcc");
}

TEST_CASE("golden: hello") {
    CHECK(core::to_hex(wire::encode(plus7::test::sample_hello())) ==
          "a964626f6f7450222222222222222222222222222222226476696577076565706f636850111111111111111111111111"
          "11111111656c616e6573a364626c6f62a2636d617800636d696e016466616374a4636d6178182b636d696e1828646861"
          "7368582077777777777777777777777777777777777777777777777777777777777777776561636b6564182965747261"
          "636ba2636d6178190131636d696e19012c656e6f6e636550666666666666666666666666666666666774696d655f6d73"
          "1b0000019aaaaf35086876657273696f6e73a1656167656e7465302e312e3069616e636573746f727381501010101010"
          "10101010101010101010106a7365727665725f67656e5088888888888888888888888888888888");
}

TEST_CASE("golden: welcome") {
    CHECK(core::to_hex(wire::encode(plus7::test::sample_welcome())) ==
          "a76463657274423000647669657709656c616e6573a364626c6f62a2647570746f00666e6577657374806466616374a2"
          "646861736858207878787878787878787878787878787878787878787878787878787878787878647570746f182a6574"
          "7261636ba2647570746f19012b666e6577657374828219012d19012f82190131190131656e6f6e636550666666666666"
          "6666666666666666666666706f6c696379ab666c6f636b6564f4676c6976655f6d731903e8677365616c5f6d7319ea60"
          "68646563696d616c7305686c656173655f6d731a0f731400696461795f6279746573006973616d706c655f6d731907d0"
          "6a7365616c5f6669786573183c6e69646c655f73616d706c655f6d7319ea60706c656173655f7761726e696e675f6d73"
          "1a0a4cb800727365616c5f66697865735f6f66666c696e651902586774696d655f6d731b0000019aaaaf36556b65706f"
          "63685f737461746501");
}

TEST_CASE("golden: ack") {
    CHECK(core::to_hex(wire::encode(plus7::test::sample_ack())) ==
          "aa63676f7481820e14646c616e6503647570746f0c6565706f6368501111111111111111111111111111111166637265"
          "6469741a000100006772656675736564a365636f756e740166726561736f6e016966697273745f7365710d6774696d65"
          "5f6d731b0000019aaaaf365568626c6f62735f6f6b815820999999999999999999999999999999999999999999999999"
          "99999999999999996b65706f63685f7374617465016e72657472795f61667465725f6d731905dc");
}

TEST_CASE("golden: a down message") {
    const auto message =
        wire::seal_down(wire::DownType::ack, plus7::test::sample_device(), plus7::test::filled<core::ServerGen>(0x88),
                        hex("a0"), plus7::test::central_key());
    CHECK(core::to_hex(message) ==
          "8601026d30313233343536373839616263508888888888888888888888888888888841a05840a76c82bfce8ccf8d85ae"
          "2530476127a0ccb8e0db24bbd68608b961c4e683ac276f9cac37db5ab13276a11c6968366a773dcb3109849c3bde1c87"
          "dacac09ecf0c");
}

TEST_CASE("golden: row hash, view hash and a part of a view") {
    const auto delta = plus7::test::sample_view();
    CHECK(wire::row_hash(delta.put[0]).hex() == "2277b3011b991783dc9b1022b9a0cab3bb76b62e0f8af0805d4f214f3a7a3720");
    CHECK(delta.hash.hex() == "418b9714474f67dc2b10de3a4018347df83bebed0aa59a7379b14188082296fd");
    CHECK(core::to_hex(wire::encode(wire::split_view(delta).value().front())) ==
          "a762746f096370757482840150a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a10241a084095000000000000000000000000000"
          "0000000149a1666c6f636b6564f56466726f6d0764686173685820418b9714474f67dc2b10de3a4018347df83bebed0a"
          "a59a7379b14188082296fd647061727401657061727473016672656d6f766581820850a3a3a3a3a3a3a3a3a3a3a3a3a3"
          "a3a3a3");
}

TEST_CASE("golden: live position and state") {
    plus7::model::Fix fix;
    fix.time = core::time_ms(1'763'800'200'123);
    fix.place = {55.8197123, -37.6117456};
    fix.speed_mps = 12.34;
    fix.accuracy_m = 3.5;
    fix.is_3d = fix.is_turn = true;
    CHECK(core::to_hex(wire::encode(fix)) ==
          "a6626d731b0000019aaaaf33bb636c61741a21456983636c6f6e3a166b18cf65666c61677303666163635f646d182369"
          "73706565645f636d731904d2");
    const wire::DeviceState state{true, plus7::test::filled<core::Nonce>(0x66), plus7::test::filled<core::BootId>(0x22),
                                  17};
    CHECK(core::to_hex(wire::encode(state)) ==
          "a464626f6f745022222222222222222222222222222222656e6f6e63655066666666666666666666666666666666666f"
          "6e6c696e65f567756e61636b656411");
}

TEST_CASE("golden: a zstd batch as zstd 1.5.4 wrote it is read") {
    const auto message =
        hex("8801035011111111111111111111111111111111010101182e581e28b52ffd202ead0000788184582099194e2019400043aabbcc"
            "01000dd002");
    const auto payload = wire::decode_payload(wire::decode_header(message).value()).value();
    REQUIRE(payload.size() == 1);
    const auto chunk = wire::decode_blob_record(payload.record(0)).value();
    CHECK(chunk == wire::BlobChunk{plus7::test::filled<core::Hash>(0x99), 20000, 16384, hex("aabbcc")});
}

TEST_CASE("golden: what is stated about parcels and money") {
    using plus7::test::filled;
    const model::Holder courier{model::HolderKind::courier, filled<model::HolderId>(0x33)};
    const model::Holder other{model::HolderKind::courier, filled<model::HolderId>(0x34)};
    const auto visit = filled<model::VisitId>(0x77);
    const model::Proof signature{model::ProofKind::signature, filled<core::Hash>(0x88), {}};
    const model::HandedOver delivered{courier,    {model::HolderKind::customer, {}}, {}, model::Leg::delivery, visit,
                                      {signature}};
    CHECK(core::to_hex(wire::encode_data(delivered)) ==
          "a562746fa1646b696e6405636c6567016466726f6da26269645033333333333333333333333333333333646b696e6403"
          "65766973697450777777777777777777777777777777776670726f6f667381a264626c6f625820888888888888888888"
          "8888888888888888888888888888888888888888888888646b696e6402");
    const model::HandedOver taken{courier, other, model::Half::take, model::Leg::delivery, {}, {}};
    CHECK(core::to_hex(wire::encode_data(taken)) ==
          "a462746fa26269645034343434343434343434343434343434646b696e6403636c6567016466726f6da2626964503333"
          "3333333333333333333333333333646b696e64036468616c6602");
    CHECK(core::to_hex(wire::encode_data(model::AttemptFailed{"no_answer", visit, 2, {}})) ==
          "a36563616c6c7302657669736974507777777777777777777777777777777766726561736f6e696e6f5f616e73776572");
    CHECK(core::to_hex(wire::encode_data(model::Damaged{"torn"})) == "a1646e6f746564746f726e");
    CHECK(core::to_hex(wire::encode_data(model::Corrected{filled<core::EventId>(0x99)})) ==
          "a1656576656e745099999999999999999999999999999999");
    CHECK(core::to_hex(wire::encode_data(model::MoneyTaken{129'000, "RUB", model::MoneyWay::cash, visit})) ==
          "a46377617901656d696e6f721a0001f7e865766973697450777777777777777777777777777777776863757272656e63"
          "7963525542");
}

TEST_CASE("golden: a parcel in the view") {
    using plus7::test::filled;
    const wire::ParcelRow row{filled<model::OrderId>(0x66),
                              2,
                              {"A-10001-2"},
                              7,
                              {model::HolderKind::depot, filled<model::HolderId>(0x22)},
                              ""};
    CHECK(core::to_hex(wire::encode(row)) ==
          "a565636f6465738169412d31303030312d32656f72646572506666666666666666666666666666666666686f6c646572"
          "a26269645022222222222222222222222222222222646b696e6402666e756d626572026776657273696f6e07");
}
