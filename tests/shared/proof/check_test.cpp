// What a custody file shows to whom has nothing but the file and the company's CA.
#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "shared/proof/report_text.hpp"
#include "tests/shared/proof/told_parcel.hpp"

using namespace plus7;
using namespace plus7::test;
using proof::Report;

namespace {

Report checked(const ToldParcel& told, core::ByteView file) {
    return proof::check(file, told.company.authority.certificate().pem).value();
}
Report checked(const ToldParcel& told) { return checked(told, told.file()); }

// All that is wrong with it, "3: …" for a link.
std::vector<std::string> faults_of(const Report& report) {
    auto all = report.faults;
    for (const auto& link : report.links)
        for (const auto& fault : link.faults) all.push_back(std::to_string(link.number) + ": " + fault);
    return all;
}
using Faults = std::vector<std::string>;

std::string first_fault(const Report& report) {
    const auto all = faults_of(report);
    return all.empty() ? "" : all.front();
}

}  // namespace

TEST_CASE(
    "a file as central makes it is whole, says who holds the parcel and how each link is tied to the one before") {
    const ToldParcel told;
    const auto report = checked(told);
    CHECK(faults_of(report) == Faults{});
    CHECK(report.is_pinned);
    CHECK(report.name_of(report.head.holder) == "customer");
    REQUIRE(report.links.size() == 4);
    CHECK(report.links[0].tie == "central's own word");
    CHECK(report.links[1].tie == "begins its handheld's chain");
    CHECK(report.links[3].tie == "2 facts since link 3 not shown");
    CHECK(report.name_of(*report.links[2].from) == "depot Северный склад");
    CHECK(report.name_of(*report.links[2].to) == "courier C-104");
    CHECK(report.links[3].proofs == "code,photo");
    CHECK(report.links[3].blobs == std::vector{core::Hash{{2}}});
    CHECK(told.file() == told.file());
}

TEST_CASE("neighbours in a handheld's chain are tied by their hashes") {
    ToldParcel told;
    told.hands(told.courier_reader, told.customer, told.courier);
    const auto report = checked(told);
    CHECK(faults_of(report) == Faults{});
    CHECK(report.links[4].tie == "follows link 4 by its hash");
}

TEST_CASE("a change of one byte, wherever it is, is found or makes it no custody file") {
    const ToldParcel told;
    const auto file = told.file();
    std::mt19937 random(7);
    for (std::size_t at = 0; at < file.size(); at += 1 + random() % 6) {
        auto changed = file;
        changed[at] = static_cast<std::uint8_t>(changed[at] ^ (1 + random() % 255));
        const auto report = proof::check(changed, told.company.authority.certificate().pem);
        if (report) CHECK_MESSAGE(!report->is_whole(), "byte " << at << " may be changed");
    }
    // One of a link's own bytes: the name of a type stands in the last link's record.
    auto changed = file;
    const std::string text(core::text_of(file));
    changed[text.rfind("parcel.handover")] = 'q';
    CHECK(first_fault(checked(told, changed)) == "4: was changed after central signed");
}

TEST_CASE("without the company's CA the change of a certificate is found as well") {
    const ToldParcel told;
    const auto file = told.file();
    const auto opened = proof::open(file).value();
    const auto start = std::search(file.begin(), file.end(), opened.signer.begin(), opened.signer.end()) - file.begin();
    const auto end = static_cast<std::size_t>(start) + opened.signer.size() + 4 + opened.authority.size();
    CHECK(proof::check(file).value().is_whole());
    CHECK(!proof::check(file).value().is_pinned);
    for (auto at = static_cast<std::size_t>(start); at < end; at += 9) {
        auto changed = file;
        changed[at] ^= 0x01;
        const auto report = proof::check(changed);
        if (report) CHECK_MESSAGE(!report->is_whole(), "byte " << at << " may be changed");
    }
}

TEST_CASE("a link that was taken out, added, doubled or moved is named") {
    const ToldParcel told;
    const auto opened = proof::open(told.file()).value();
    const auto bent = [&](std::vector<std::size_t> order) {
        std::vector<core::Bytes> entries;
        for (const auto at : order) entries.push_back(opened.entries[at]);
        return faults_of(checked(told, with_entries(opened, entries)));
    };
    CHECK(bent({0, 1, 2, 3}) == Faults{});
    CHECK(bent({0, 1, 3}) == Faults{"link 3 is missing"});
    CHECK(bent({0, 1, 2}) == Faults{"link 4 is missing"});
    CHECK(bent({2, 3}) == Faults{"link 1 is missing", "link 2 is missing"});
    CHECK(bent({}) == Faults{"link 1 is missing", "link 2 is missing", "link 3 is missing", "link 4 is missing"});
    CHECK(bent({0, 2, 1, 3}) == Faults{"2: stands in another place than when central signed",
                                       "3: stands in another place than when central signed"});
    CHECK(bent({0, 1, 1, 2, 3}).front() == "3: stands in another place than when central signed");
    ToldParcel other;
    auto entries = opened.entries;
    entries.insert(entries.begin() + 2, proof::open(other.file()).value().entries[2]);
    CHECK(first_fault(checked(told, with_entries(opened, entries))) == "0: was not there when central signed");
    entries = opened.entries;
    entries[2] = proof::open(other.file()).value().entries[2];
    CHECK(first_fault(checked(told, with_entries(opened, entries))) == "3: was changed after central signed");
}

TEST_CASE("a fact that no certified key signed is false even under central's own signature") {
    const auto stranger = crypto::SigningKey::generate();
    ToldParcel told;
    told.hands(told.courier_reader, told.customer, told.courier, {}, &stranger);
    CHECK(faults_of(checked(told)) == Faults{"5: its signature is by none of the handheld's keys"});

    told.head.keys.push_back({told.courier_reader.id, stranger.public_key(), {}});
    CHECK(faults_of(checked(told)) == Faults{"5: no certificate of the company's CA names the key that signed it"});

    const Company another("another CA");
    told.head.keys.back().certificate = another.certificate_for(told.courier_reader, stranger.public_key());
    CHECK(first_fault(checked(told)).starts_with("5: the certificate of its key is not good: "));

    told.head.keys.back().certificate = told.company.certificate_for(told.depot_reader, stranger.public_key());
    CHECK(faults_of(checked(told)) == Faults{"5: the certificate of its key is another handheld's"});

    told.head.keys.back().certificate = told.head.keys[1].certificate;
    CHECK(faults_of(checked(told)) == Faults{"5: the certificate names another key than the one that signed it"});

    told.head.keys.back().certificate = told.company.certificate_for(told.courier_reader, stranger.public_key());
    CHECK(faults_of(checked(told)) == Faults{});
}

TEST_CASE("central's own word is held against what the handhelds signed") {
    const auto found = [](auto bend) {
        ToldParcel told;
        bend(told);
        return faults_of(checked(told));
    };
    CHECK(found([](ToldParcel& told) { std::swap(told.entries[2], told.entries[3]); }).front().starts_with("4: "));
    CHECK(found([](ToldParcel& told) { told.entries[3].at += std::chrono::hours{1}; }) ==
          Faults{"4: its clocks do not say the time that is stated"});
    CHECK(found([](ToldParcel& told) { told.entries[3].proofs = "code,photo,signature"; }) ==
          Faults{"4: other proofs are stated than the handheld recorded"});
    CHECK(found([](ToldParcel& told) { told.entries[3].effect = "evidence"; }) ==
          Faults{"4: by the rules it has another effect than the one stated"});
    CHECK(found([](ToldParcel& told) { told.entries[3].event = core::EventId{{1}}; }).front() ==
          "4: the handheld's record is of another event");
    CHECK(found([](ToldParcel& told) { told.head.parcel = model::ParcelId{{8}}; }).front() ==
          "2: the handheld's record is about another parcel");
    CHECK(found([](ToldParcel& told) { told.head.holder = told.courier; }) ==
          Faults{"the events end with another holder than the one stated"});
    CHECK(found([](ToldParcel& told) { std::swap(told.head.way[0], told.head.way[1]); }) ==
          Faults{"the events give another way than the one stated"});
    CHECK(found([](ToldParcel& told) { ++told.head.version; }) ==
          Faults{"the events give another custody version than the one stated"});
    CHECK(found([](ToldParcel& told) { told.head.is_clear = false; }) ==
          Faults{"the events leave other doubts than the ones stated"});
}

TEST_CASE("facts of one handheld whose chain does not fit are named, unless central had named the gap itself") {
    ToldParcel told;
    told.courier_reader.last = core::Hash{{3}};
    told.hands(told.courier_reader, told.customer, told.courier);
    CHECK(faults_of(checked(told)) == Faults{"5: its chain does not follow from link 4"});
    std::get<proof::FactPart>(told.entries[4].what).chain = proof::Chain::after_gap;
    CHECK(faults_of(checked(told)) == Faults{});
    CHECK(checked(told).links[4].tie == "the chain after link 4 was broken when it came, and noted");
}

TEST_CASE("a file of another company is not ours, also when everything in it fits") {
    const ToldParcel told, foreign;
    CHECK(proof::check(foreign.file()).value().is_whole());
    const auto report = checked(told, foreign.file());
    CHECK(!report.is_pinned);
    CHECK(report.faults.front() == "it was signed under another certificate authority than the one to trust");
    CHECK(proof::check(told.file(), "no PEM").error().kind == core::ErrorKind::invalid);
}

TEST_CASE("corrections, damages and scans at the depot are replayed as central takes them") {
    ToldParcel told;
    const auto staff_says = [](const std::string& type) {
        proof::OfficePart part;
        part.type = type;
        part.by = "s-1";
        return part;
    };
    told.office(staff_says("parcel.damaged"));
    const auto damage = told.entries.back().event;
    auto back = staff_says("parcel.handover");
    back.from = told.customer;
    back.to = told.depot;
    back.knew = told.custody.version;
    told.office(back);
    CHECK(faults_of(checked(told)) == Faults{});
    CHECK(checked(told).links[5].staff == "s-1");
    CHECK(told.custody.holder == told.depot);
    auto undone = staff_says("corrected");
    undone.corrects = told.entries.back().event;
    told.office(undone);
    CHECK(faults_of(checked(told)) == Faults{});
    CHECK(told.custody.holder == told.customer);
    // A damage that is taken back moves nothing.
    proof::Entry entry = told.entries.back();
    entry.event = core::EventId{{77}};
    std::get<proof::OfficePart>(entry.what).corrects = damage;
    entry.effect = "applied";
    entry.doubt = "";
    told.entries.push_back(entry);
    CHECK(faults_of(checked(told)) == Faults{});
}

TEST_CASE("a fact that came before its parcel was known is kept and moves nothing") {
    ToldParcel told;
    const auto version = told.custody.version;
    const model::HandedOver data{told.customer, told.courier, model::Half::none, model::Leg::delivery, {}, {}};
    told.fact(told.courier_reader, "parcel.handover", wire::encode_data(data));
    told.entries.back().effect = told.entries.back().doubt = "";
    CHECK(told.head.version == version);
    CHECK(faults_of(checked(told)) == Faults{});
    CHECK(checked(told).links[4].effect == "none, the parcel was not known yet");
}

TEST_CASE("what is no custody file is refused: cut at any place, random bytes, nothing") {
    const ToldParcel told;
    const auto file = told.file();
    CHECK(proof::check({}).error().kind == core::ErrorKind::invalid);
    for (std::size_t size = 0; size < file.size(); size += 7)
        CHECK(!proof::check(core::ByteView(file).first(size)).ok());
    std::mt19937 random(11);
    for (int at = 0; at < 2000; ++at) {
        core::Bytes bytes(random() % 300);
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
        if (at % 2 == 0 && bytes.size() > 30) std::copy(file.begin(), file.begin() + 30, bytes.begin());
        CHECK(!proof::check(bytes).ok());
    }
    CHECK(!proof::check(core::Bytes(100000, 0x81)).ok());
}

TEST_CASE("the text for a person shows every link and ends with the verdict") {
    const ToldParcel told;
    const auto text = proof::to_text(checked(told));
    for (const char* part :
         {"parcel A-10001-1 4600000000015, order A-10001", "depot Северный склад → courier C-104",
          "courier C-104 → customer", "2026-11-22 10:00:00", "time: GPS", "55.82000, 37.61000", "proof: code,photo",
          "Holder: customer", "the one given with --ca", "Whole: every link fits."})
        CHECK_MESSAGE(text.find(part) != std::string::npos, part << " is not in:\n" << text);
    const auto opened = proof::open(told.file()).value();
    const auto broken = proof::to_text(proof::check(with_entries(opened, {opened.entries[0]})).value());
    CHECK(broken.find("! link 2 is missing") != std::string::npos);
    CHECK(broken.find("compare it with the one the company publishes") != std::string::npos);
    CHECK(broken.ends_with("NOT whole: see above.\n"));
}
