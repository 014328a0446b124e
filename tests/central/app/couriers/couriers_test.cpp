#include "central/app/couriers/couriers.hpp"

#include "central/store/migrations.hpp"
#include "tests/shared/sql/engines.hpp"

using namespace plus7;
using namespace plus7::central;
using app::couriers::CourierChange;
using app::couriers::NewCourier;

namespace {

constexpr auto noon = core::time_us(1'795'000'000'000'000);

template <typename Engine>
struct Office {
    Engine engine;
    std::unique_ptr<sql::Database> database = engine.open();

    Office() { REQUIRE(sql::migrate(*database, store::migrations()).ok()); }

    core::Result<store::CourierRow> create(const NewCourier& courier) {
        return database->write([&](sql::Tx& tx) { return app::couriers::create(tx, courier, noon); });
    }
    core::Result<store::CourierRow> change(const std::string& id, const CourierChange& change) {
        return database->write([&](sql::Tx& tx) { return app::couriers::change(tx, id, change); });
    }
    std::vector<std::string> found(const std::string& typed, bool blocked = false) {
        const auto list = [&](sql::Tx& tx) {
            return store::couriers(tx, {app::couriers::name_pattern(typed), blocked, {}, 50});
        };
        std::vector<std::string> names;
        const auto rows = database->read(list).value();  // named: a temporary would not outlive the head of the loop
        for (const auto& row : rows) names.push_back(row.name);
        return names;
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a courier is found by any part of his name, in any case, with ё or е", T, PLUS7_BOTH_ENGINES) {
    Office<T> office;
    REQUIRE(office.create({"Пётр Семёнов", "K-1", "+79990000001"}).ok());
    REQUIRE(office.create({"Anna Orlova", "K-2", {}}).ok());
    CHECK(office.found("ПЕТР") == std::vector<std::string>{"Пётр Семёнов"});
    CHECK(office.found("семён") == std::vector<std::string>{"Пётр Семёнов"});
    CHECK(office.found("orl") == std::vector<std::string>{"Anna Orlova"});
    CHECK(office.found("").size() == 2);
    CHECK(office.found("%").empty());
}

TEST_CASE_TEMPLATE("a code belongs to one courier, blocked ones included", T, PLUS7_BOTH_ENGINES) {
    Office<T> office;
    const auto first = office.create({"Пётр", "K-1", {}});
    REQUIRE(first.ok());
    CHECK(office.create({"Анна", "K-1", {}}).error().kind == core::ErrorKind::conflict);
    const auto second = office.create({"Анна", "K-2", {}});
    REQUIRE(second.ok());
    CourierChange take;
    take.code = "K-1";
    CHECK(office.change(second->id, take).error().kind == core::ErrorKind::conflict);
    CourierChange block;
    block.blocked = true;
    REQUIRE(office.change(first->id, block).ok());
    CHECK(office.change(second->id, take).error().kind == core::ErrorKind::conflict);
    CHECK(office.found("") == std::vector<std::string>{"Анна"});
    CHECK(office.found("", true) == std::vector<std::string>{"Пётр"});
}

TEST_CASE_TEMPLATE("every change gives a new version and touches only what is named", T, PLUS7_BOTH_ENGINES) {
    Office<T> office;
    const auto made = office.create({"Пётр", "K-1", "+79990000001"}).value();
    CourierChange rename;
    rename.name = "Пётр Второй";
    const auto renamed = office.change(made.id, rename).value();
    CHECK(renamed.version == made.version + 1);
    CHECK(renamed.phone == "+79990000001");
    CourierChange hang_up;
    hang_up.phone = std::optional<std::string>{};
    CHECK_FALSE(office.change(made.id, hang_up).value().phone.has_value());
    CHECK(office.found("второй").size() == 1);
    CHECK(office.change("00000000-0000-7000-8000-000000000000", rename).error().kind == core::ErrorKind::not_found);
}

TEST_CASE("names, codes and phones have a form") {
    CHECK(app::couriers::is_name("Ё"));
    CHECK_FALSE(app::couriers::is_name("  "));
    CHECK_FALSE(app::couriers::is_name(std::string(101, 'a')));
    CHECK(app::couriers::is_code("K-104"));
    CHECK_FALSE(app::couriers::is_code("к-104"));
    CHECK_FALSE(app::couriers::is_code(""));
    CHECK_FALSE(app::couriers::is_code("ABCDEFGHIJKLM"));
    CHECK(app::couriers::is_phone("+79990000001"));
    CHECK_FALSE(app::couriers::is_phone("79990000001"));
    CHECK_FALSE(app::couriers::is_phone("+0999"));
    CHECK_FALSE(app::couriers::is_phone("+7 999"));
}

TEST_CASE_TEMPLATE("pages by name leave nobody out and show nobody twice", T, PLUS7_BOTH_ENGINES) {
    Office<T> office;
    for (int i = 0; i < 7; ++i) REQUIRE(office.create({i % 2 ? "Анна" : "Борис", "K-" + std::to_string(i), {}}).ok());
    std::vector<std::string> codes;
    store::CourierQuery query;
    query.limit = 3;
    for (int page = 0; page < 3; ++page) {
        const auto rows = office.database->read([&](sql::Tx& tx) { return store::couriers(tx, query); }).value();
        for (const auto& row : rows) codes.push_back(row.code);
        if (!rows.empty()) query.after = {rows.back().name_fold, rows.back().id};
    }
    std::sort(codes.begin(), codes.end());
    CHECK(codes == std::vector<std::string>{"K-0", "K-1", "K-2", "K-3", "K-4", "K-5", "K-6"});
}
