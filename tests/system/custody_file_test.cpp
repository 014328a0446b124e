// The custody file on real processes: a handheld's facts over the broker, the file over the API, and verifying it by
// the same program in a folder that has nothing else.
#include <doctest/doctest.h>

#include <fstream>

#include "shared/core/uuid.hpp"
#include "tests/support/eventually.hpp"
#include "tests/system/central_process.hpp"
#include "tests/system/hand_client.hpp"

using namespace plus7;
using namespace plus7::test;
using model::HolderKind;

namespace {

struct Verified {
    int code = -1;
    std::string output;
};

// On another machine: an empty folder, no settings.
Verified verify(const TempDir& machine, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {PLUS7_CENTRAL, "verify-custody"});
    Process process(arguments, {}, machine.path().string());
    const auto code = process.wait();
    return {code.value_or(-1), process.output()};
}

void write(const std::string& name, const std::string& bytes) { std::ofstream(name, std::ios::binary) << bytes; }

core::Bytes hands(HandDevice& device, const std::string& parcel, const model::Holder& from, const model::Holder& to) {
    const model::HandedOver data{from, to, model::Half::none, model::Leg::delivery, {}, {}};
    auto fact = device.draft(std::string(data.type), wire::encode_data(data));
    fact.about.parcel = model::ParcelId{core::from_uuid_text(parcel)->value};
    fact.about.custody_version = 0;
    return device.seal(fact);
}

}  // namespace

TEST_CASE("a custody file taken from a running central is verified elsewhere, and one flipped byte names its link") {
    CentralProcess central;
    StaffClient staff(central.url(), central.setup_token());
    HandClient handheld(staff, "C-104");
    const auto made = staff.post("/api/v1/orders", {{"sender", "Лавка"},
                                                    {"recipient", {{"name", "Ольга Мельник"}}},
                                                    {"address", {{"text", "ул. Садовая, 14"}}},
                                                    {"parcels", {nlohmann::json::object()}}});
    REQUIRE(made.status == 201);
    const auto order = made.body.at("order").at("id").get<std::string>();
    const auto parcel = made.body.at("parcels").at(0).at("id").get<std::string>();
    auto& device = handheld.device;
    const model::Holder courier{HolderKind::courier, {device.courier.value}};
    REQUIRE(handheld.say(wire::TopicKind::hello, wire::encode(device.hello())));
    std::vector<core::Bytes> facts{hands(device, parcel, {HolderKind::seller, {}}, courier), device.scan()};
    facts.push_back(hands(device, parcel, courier, {HolderKind::customer, {}}));
    REQUIRE(handheld.say(wire::TopicKind::fact, device.batch(facts, 1)));
    REQUIRE(
        eventually([&] { return staff.get("/api/v1/orders/" + order).body.at("order").at("status") == "delivered"; }));
    const auto file = staff.download("/api/v1/parcels/" + parcel + "/custody.p7custody");
    const auto paper = staff.download("/api/v1/parcels/" + parcel + "/custody.pdf");
    CHECK(paper.starts_with("%PDF"));

    const TempDir machine;
    const auto name = machine.file("parcel.p7custody"), ca = machine.file("ca.crt");
    write(name, file);
    std::filesystem::copy(central.data_file("ca/ca.crt"), ca);
    CHECK(central.stop() == 0);
    const auto whole = verify(machine, {name, "--ca", ca});
    CHECK_MESSAGE(whole.code == 0, whole.output);
    for (const char* part : {"seller → courier C-104", "courier C-104 → customer", "1 fact since link 2 not shown",
                             "the one given with --ca", "Whole: every link fits."})
        CHECK_MESSAGE(whole.output.find(part) != std::string::npos, part << " is not in:\n" << whole.output);
    const auto unpinned = verify(machine, {name});
    CHECK(unpinned.code == 0);
    CHECK(unpinned.output.find("compare it with the one the company publishes") != std::string::npos);

    auto flipped = file;
    flipped[flipped.rfind("parcel.handover")] ^= 1;
    write(name, flipped);
    const auto found = verify(machine, {name, "--ca", ca});
    CHECK(found.code == 1);
    CHECK_MESSAGE(found.output.find("! link 3 was changed after central signed") != std::string::npos, found.output);

    write(name, file.substr(0, file.size() / 2));
    CHECK(verify(machine, {name}).code == 2);
    CHECK(verify(machine, {machine.file("nothing")}).code == 2);
    write(name, file);
    const auto blob = verify(machine, {name, "--blob", ca});
    CHECK(blob.code == 1);
    CHECK(blob.output.find("no link names it") != std::string::npos);
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(machine.path())) ++files;
    CHECK(files == 2);  // it left nothing behind
}
