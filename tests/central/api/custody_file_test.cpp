// The custody file of a parcel out of a central that ingested facts of an enrolled handheld; and its paper.
#include "central/ingest/ingest.hpp"
#include "shared/core/uuid.hpp"
#include "shared/proof/check.hpp"
#include "tests/central/api/handheld.hpp"
#include "tests/central/ingest/hand_device.hpp"
#include "tests/shared/print/printed.hpp"
#include "tests/support/eventually.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;
using model::HolderKind;

namespace {

const model::Holder seller{HolderKind::seller, {}}, customer{HolderKind::customer, {}};

struct Office {
    Office() {
        central::ingest::IngestOptions options;
        options.server_gen = core::random_id<core::ServerGen>();
        options.certificate = {1, 2, 3};
        ingest = *central::ingest::Ingest::start({*house.db, house.clock, house.metrics, house.live, house.gate,
                                                  house.views, house.changes, house.authority->sign_key(), [](auto) {}},
                                                 options);
        device.id = pair.id();
        device.key = std::shared_ptr<const crypto::SigningKey>(&keys.record, [](auto) {});
        device.courier.value = core::from_uuid_text(pair.courier)->value;
        give(wire::TopicKind::hello, wire::encode(device.hello()));
        const auto made = admin.send(http::Method::post, "/api/v1/orders", R"({"sender": "Лавка",
            "recipient": {"name": "Ольга Мельник", "phone": "+79990000001"}, "address": {"text": "ул. Садовая, 14"},
            "parcels": [{"code": "4600000000015"}]})",
                                     {{"Idempotency-Key", "order"}});
        REQUIRE(made.status == 201);
        order = member(made, "order.id");
        parcel = member(made, "parcels.0.id");
    }

    void give(wire::TopicKind kind, const core::Bytes& payload) {
        ingest->accept({wire::topic_name(device.id, kind), payload, false, house.clock.now()});
    }
    void tell(const std::vector<core::Bytes>& facts) {
        const auto before = events();
        give(wire::TopicKind::fact, device.batch(facts, device.seq - facts.size() + 1));
        REQUIRE(eventually([&] { return events() > before; }));
    }
    std::int64_t events() { return house.count("SELECT COUNT(*) FROM parcel_event"); }

    core::Bytes hands(const model::Holder& from, const model::Holder& to, std::vector<model::Proof> proofs = {}) {
        const model::HandedOver data{from, to, model::Half::none, model::Leg::delivery, {}, std::move(proofs)};
        auto fact = device.draft(std::string(data.type), wire::encode_data(data));
        fact.about.parcel = model::ParcelId{core::from_uuid_text(parcel)->value};
        fact.about.custody_version = 0;
        return device.seal(fact);
    }
    // Collected, two scans that are nobody's business, handed over.
    void deliver() {
        const model::Holder courier{HolderKind::courier, {device.courier.value}};
        auto facts = std::vector{hands(seller, courier), device.scan(), device.scan("4600000000022")};
        facts.push_back(hands(courier, customer, {{model::ProofKind::photo, core::Hash{{2}}, {}}}));
        tell(facts);
    }
    http::Response get(const std::string& what) { return admin.get("/api/v1/parcels/" + parcel + "/custody." + what); }
    proof::Report report() {
        const auto file = get("p7custody");
        REQUIRE(file.status == 200);
        return proof::check(core::view_of(file.body), house.authority->ca_pem()).value();
    }

    ApiHouse house;
    Browser admin{house, house.person("anna", {Role::admin})};
    HandheldKeys keys;
    FieldPair pair = field_pair(house, admin, "C-104", keys);
    HandDevice device;
    std::unique_ptr<central::ingest::Ingest> ingest;
    std::string order, parcel;
};

std::vector<std::string> faults_of(const proof::Report& report) {
    auto all = report.faults;
    for (const auto& link : report.links) all.insert(all.end(), link.faults.begin(), link.faults.end());
    return all;
}

}  // namespace

TEST_CASE("a parcel's custody file is whole, tells its way, and is the same whenever it is asked for") {
    Office office;
    office.deliver();
    const auto report = office.report();
    CHECK(faults_of(report) == std::vector<std::string>{});
    CHECK(report.is_pinned);
    CHECK(report.head.number == "A-10001");
    CHECK(report.head.codes == std::vector<std::string>{"A-10001-1", "4600000000015"});
    CHECK(report.head.status == "delivered");
    CHECK(report.head.holder == customer);
    REQUIRE(report.links.size() == 3);
    CHECK(report.links[0].type == "parcel.registered");
    CHECK(report.name_of(*report.links[1].to) == "courier C-104");
    CHECK(report.links[2].tie == "2 facts since link 2 not shown");
    CHECK(report.links[2].proofs == "photo");

    const auto file = office.get("p7custody");
    CHECK(file.headers.get("Content-Disposition") == "attachment; filename=\"A-10001-1.p7custody\"");
    office.house.clock.advance(std::chrono::hours{5});
    CHECK(office.get("p7custody").body == file.body);
}

TEST_CASE("no name, address or phone is in it, and every look is in the audit log") {
    Office office;
    office.deliver();
    const auto file = office.get("p7custody").body;
    for (const char* secret : {"Ольга", "Мельник", "Садовая", "9990000001", "Анна", "anna", "Лавка"})
        CHECK_MESSAGE(file.find(secret) == std::string::npos, secret);
    CHECK(office.get("pdf").status == 200);
    CHECK(office.house.count("SELECT COUNT(*) FROM audit WHERE action = 'order.custody_taken' AND subject_id = '" +
                             office.order + "'") == 2);
}

TEST_CASE("what the office did is in it as central's word: planned, called off, without the reason that was typed") {
    Office office;
    REQUIRE(office.admin
                .post("/api/v1/orders/plan",
                      R"({"orders":[")" + office.order + R"("],"courier":")" + office.pair.courier + R"("})")
                .status == 200);
    REQUIRE(
        office.admin.post("/api/v1/orders/" + office.order + "/cancel", R"({"reason":"Ольга передумала"})").status ==
        200);
    const auto report = office.report();
    CHECK(faults_of(report) == std::vector<std::string>{});
    REQUIRE(report.links.size() == 3);
    CHECK(report.links[1].type == "parcel.planned");
    CHECK(report.name_of(*report.links[1].to) == "courier C-104");
    CHECK(!report.links[1].staff.empty());
    CHECK(office.get("p7custody").body.find("передумала") == std::string::npos);
}

TEST_CASE("a record that was changed in the database is found in the file that is made of it") {
    Office office;
    office.deliver();
    office.house.db
        ->write([](sql::Tx& tx) {
            auto bytes = tx.one("SELECT bytes FROM event_log WHERE subject_kind = 'parcel' AND subject_seq = 3")
                             ->get<core::Bytes>(0);
            bytes[bytes.size() - 1] ^= 1;  // of the signature
            tx.exec("UPDATE event_log SET bytes = $1 WHERE subject_kind = 'parcel' AND subject_seq = 3", bytes);
        })
        .value();
    CHECK(office.report().links[2].faults ==
          std::vector<std::string>{"its signature is by none of the handheld's keys"});
    CHECK(test::text_of(office.get("pdf").body).find("НЕ СХОДИТСЯ") != std::string::npos);
}

TEST_CASE("the paper tells the same in either language, in the reader's time, with the file's SHA-256 to scan") {
    Office office;
    office.deliver();
    const auto sha256 = office.report().sha256.hex();
    const auto paper = office.get("pdf?offset_min=180");
    REQUIRE(paper.status == 200);
    const auto text = test::text_of(paper.body);
    for (const char* part :
         {"Цепочка хранения посылки A-10001-1", "Заказ A-10001", "UTC+3:00", "4600000000015", "получатель", "Вручён",
          "все звенья сходятся", "курьер C-104", "время GPS", "фото", "22.11.2026 13:00:00", "1 / 1"})
        CHECK_MESSAGE(text.find(part) != std::string::npos, part << " is not in: " << text);
    std::string upper;
    for (const char c : sha256) upper += static_cast<char>(std::toupper(c));
    CHECK(test::codes_of(test::pages_of(paper.body).at(0)) == std::set<std::string>{"QR-Code:" + upper});

    const auto english = test::text_of(office.get("pdf?lang=en").body);
    for (const char* part :
         {"Chain of custody of parcel A-10001-1", "every link fits", "sender → courier C-104", "UTC"})
        CHECK_MESSAGE(english.find(part) != std::string::npos, part << " is not in: " << english);
    CHECK(office.get("pdf?lang=fr").status == 400);
    CHECK(office.get("pdf?offset_min=9000").status == 400);
    office.parcel = core::to_uuid_text(core::random_id<core::EventId>());
    CHECK(office.get("pdf").status == 404);
    CHECK(office.get("p7custody").status == 404);
}
