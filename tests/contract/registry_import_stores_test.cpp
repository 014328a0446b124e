// How registries' files were read, and their rejected lines.
#include "central/store/registry_import_store.hpp"
#include "central/store/site_store.hpp"
#include "shared/core/random.hpp"
#include "tests/contract/store_fixture.hpp"

using namespace plus7;
using namespace plus7::test;
using namespace plus7::central;

namespace {

template <typename Engine>
struct Files : StoreFixture<Engine> {
    store::ImportRow row;

    Files() {
        row.registry = "one";
        row.run = "first";
        row.file = core::random_id<core::Hash>();
        row.header = "Номер;Адрес\r\n";
        row.lines = 80;
        row.started = row.alive = this->now;
        this->run([&](sql::Tx& tx) {
            store::SiteRow site;
            site.id = "depot";
            site.name = site.name_fold = "склад";
            store::insert_site(tx, site);
            store::RegistryRow registry;
            registry.id = "one";
            registry.number = "R-1";
            registry.sender = "Лавка";
            registry.site = "depot";
            store::insert_registry(tx, registry);
            store::start_import(tx, row);
        });
    }
    std::optional<store::ImportRow> found() {
        return this->ask([](sql::Tx& tx) { return store::find_import(tx, "one"); });
    }
};

}  // namespace

TEST_CASE_TEMPLATE("an import keeps its counts, and another one takes its place with the lines it rejected", Engine,
                   Sqlite, Postgres) {
    Files<Engine> f;
    f.run([&](sql::Tx& tx) {
        auto row = *store::lock_import(tx, "one");
        row.done = 5;
        row.created = 1;
        row.updated = row.unchanged = 1;
        row.rejected = 2;
        row.ended = f.now;
        store::update_import(tx, row);
        store::insert_rejected(tx, "one", {7, "a;b\r\n", {{"phone", "malformed", ""}, {"", "other_line", "5"}}});
        store::insert_rejected(tx, "one", {3, "c;d\r\n", {{"barcode", "taken", "A-10001"}}});
    });
    const auto row = f.found();
    CHECK(row->run == "first");
    CHECK(row->file == f.row.file);
    CHECK(row->done == 5);
    CHECK(row->rejected == 2);
    CHECK(row->ended == f.now);
    const auto lines = f.ask([](sql::Tx& tx) { return store::rejected_lines(tx, "one"); });
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].line == 3);
    CHECK(lines[0].faults == std::vector<store::ImportFault>{{"barcode", "taken", "A-10001"}});
    CHECK(lines[1].cells == "a;b\r\n");
    CHECK(lines[1].faults == std::vector<store::ImportFault>{{"phone", "malformed", ""}, {"", "other_line", "5"}});
    f.row.run = "second";
    f.run([&](sql::Tx& tx) { store::start_import(tx, f.row); });
    CHECK(f.found()->run == "second");
    CHECK(f.found()->done == 0);
    CHECK_FALSE(f.found()->ended);
    CHECK(f.ask([](sql::Tx& tx) { return store::rejected_lines(tx, "one"); }).empty());
}

TEST_CASE_TEMPLATE("a registry is found by its file, of this sender and depot only", Engine, Sqlite, Postgres) {
    Files<Engine> f;
    const auto find = [&](const char* sender, const char* site, const core::Hash& file) {
        return f.ask([&](sql::Tx& tx) { return store::find_registry_by_file(tx, sender, site, file); });
    };
    CHECK(find("Лавка", "depot", f.row.file)->id == "one");
    CHECK_FALSE(find("Сад", "depot", f.row.file));
    CHECK_FALSE(find("Лавка", "another", f.row.file));
    CHECK_FALSE(find("Лавка", "depot", core::random_id<core::Hash>()));
}
