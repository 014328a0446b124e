// Registries and their lines.
#include "central/store/custody_store.hpp"
#include "central/store/order_store.hpp"
#include "central/store/registry_store.hpp"
#include "central/store/site_store.hpp"
#include "tests/contract/store_fixture.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace plus7::central;

namespace {

template <typename Engine>
struct Partners : StoreFixture<Engine> {
    int orders = 0;

    Partners() {
        this->run([&](sql::Tx& tx) {
            store::SiteRow site;
            site.id = "depot";
            site.name = site.name_fold = "склад";
            site.created = this->now;
            store::insert_site(tx, site);
        });
    }
    store::RegistryRow registry(const std::string& id, core::TimeUs created, const char* outer = nullptr) {
        store::RegistryRow row;
        row.id = id;
        row.sender = "Лавка";
        row.site = "depot";
        row.created = created;
        if (outer != nullptr) row.outer_number = outer;
        this->run([&](sql::Tx& tx) {
            row.number = "R-" + std::to_string(store::next_registry_number(tx));
            store::insert_registry(tx, row);
        });
        return row;
    }
    // An order of one parcel, in these hands.
    std::string parcel(model::HolderKind holder, model::ParcelStatus status) {
        const auto name = std::to_string(++orders);
        this->run([&](sql::Tx& tx) {
            store::OrderRow order;
            order.id = "order " + name;
            order.number = "A-" + name;
            order.sender = "Лавка";
            order.outer_ref = "L-" + name;
            order.recipient = "Ольга";
            order.created = this->now;
            store::insert_order(tx, order);
            store::insert_parcel(tx, {"parcel " + name, order.id, 1, {order.number + "-1", "46" + name}, {}, {}});
            store::CustodyRow custody;
            custody.parcel = "parcel " + name;
            custody.order = order.id;
            custody.custody.holder.kind = holder;
            custody.status = status;
            store::put_custody(tx, custody);
        });
        return "parcel " + name;
    }
    bool list(const std::string& registry, const std::string& parcel) {
        return this->run([&](sql::Tx& tx) { return store::add_registry_line(tx, registry, parcel); });
    }
};

using Holder = model::HolderKind;
using Status = model::ParcelStatus;

}  // namespace

TEST_CASE_TEMPLATE("a registry is kept, found by the sender's number, and changes its version", Engine, Sqlite,
                   Postgres) {
    Partners<Engine> f;
    const auto made = f.registry("one", f.now, "П-7");
    CHECK(made.number == "R-101");
    CHECK(f.registry("two", f.now).number == "R-102");
    const auto find = [&](const char* sender, const char* number) {
        return f.ask([&](sql::Tx& tx) { return store::find_registry_of(tx, sender, "depot", number); });
    };
    CHECK(find("Лавка", "П-7")->id == "one");
    CHECK_FALSE(find("Лавка", "П-8"));
    CHECK_FALSE(find("Сад", "П-7"));
    f.run([&](sql::Tx& tx) {
        auto row = *store::lock_registry(tx, "one");
        CHECK(row.state == "reading");
        row.state = "closed";
        row.total = 3;
        row.closed = f.now;
        store::update_registry(tx, row);
    });
    const auto after = f.ask([](sql::Tx& tx) { return store::find_registry(tx, "one"); });
    CHECK(after->state == "closed");
    CHECK(after->total == 3);
    CHECK(after->version == 2);
    CHECK(after->closed == f.now);
    CHECK_FALSE(f.ask([](sql::Tx& tx) { return store::find_registry(tx, "three"); }));
}

TEST_CASE_TEMPLATE("registries are listed newest first, page by page, by state and depot", Engine, Sqlite, Postgres) {
    Partners<Engine> f;
    for (const char* id : {"a", "b", "c"}) f.registry(id, f.now);
    f.registry("d", f.now - std::chrono::hours{1});
    store::RegistryQuery query;
    query.limit = 2;
    std::string seen;
    for (int page = 0; page < 3; ++page) {
        const auto found = f.ask([&](sql::Tx& tx) { return store::registries(tx, query); });
        for (const auto& one : found) seen += one.registry.id;
        if (!found.empty()) query.before = {found.back().registry.created, found.back().registry.id};
    }
    CHECK(seen == "cbad");
    const auto count = [&](const store::RegistryQuery& asked) {
        return f.ask([&](sql::Tx& tx) { return store::registries(tx, asked).size(); });
    };
    CHECK(count({"reading", "depot"}) == 4);
    CHECK(count({"open", ""}) == 0);
    CHECK(count({"", "another"}) == 0);
}

TEST_CASE_TEMPLATE("a parcel is listed once, and what has come is told from custody", Engine, Sqlite, Postgres) {
    Partners<Engine> f;
    f.registry("one", f.now);
    const auto waiting = f.parcel(Holder::seller, Status::accepted), taken = f.parcel(Holder::depot, Status::at_depot),
               planned = f.parcel(Holder::seller, Status::assigned), gone = f.parcel(Holder::seller, Status::returned),
               called_off = f.parcel(Holder::seller, Status::cancelled);
    for (const auto& parcel : {waiting, taken, planned, gone, called_off}) CHECK(f.list("one", parcel));
    CHECK_FALSE(f.list("one", taken));
    const auto summary = f.ask([](sql::Tx& tx) { return store::find_registry_summary(tx, "one"); });
    CHECK(summary->expected == 4);
    CHECK(summary->arrived == 2);
    const auto lines = f.ask([](sql::Tx& tx) { return store::registry_lines(tx, "one", 0, 10); });
    REQUIRE(lines.size() == 5);
    CHECK(lines[1].line == 2);
    CHECK(lines[1].parcel == taken);
    CHECK(lines[1].order_number == "A-2");
    CHECK(lines[1].outer_ref == "L-2");
    CHECK(lines[1].code == "462");
    CHECK(lines[1].status == "at_depot");
    const auto rest = f.ask([](sql::Tx& tx) { return store::registry_lines(tx, "one", 3, 1); });
    REQUIRE(rest.size() == 1);
    CHECK(rest[0].parcel == gone);
}

TEST_CASE_TEMPLATE("a sender's own number names one order of his", Engine, Sqlite, Postgres) {
    Partners<Engine> f;
    f.parcel(Holder::seller, Status::accepted);
    const auto again = f.db->write([&](sql::Tx& tx) {
        return tx.savepoint([&](sql::Tx& inner) -> core::Status {
            auto order = *store::find_order(inner, "order 1");
            order.id = "another";
            order.number = "A-77";
            store::insert_order(inner, order);
            return {};
        });
    });
    CHECK_FALSE(again);
    CHECK(number(*f.db, "SELECT COUNT(*) FROM customer_order") == 1);
}
