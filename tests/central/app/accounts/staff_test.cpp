// Staff as an admin sees and changes them, on both engines; the table of permissions.
#include "central/app/accounts/permissions.hpp"
#include "tests/central/app/accounts/office.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Permission;
using accounts::Role;
using accounts::Roles;
using core::ErrorKind;

TEST_CASE("roles and permissions: an admin may everything, nobody without roles may anything") {
    for (const auto permission : accounts::all_permissions) {
        CHECK(allows({Role::admin}, permission));
        CHECK_FALSE(allows({}, permission));
        CHECK_FALSE(name_of(permission).empty());
    }
}

TEST_CASE("roles and permissions: each role may exactly this") {
    struct Row {
        Role role;
        std::string may;
    };
    const Row rows[]{
        {Role::dispatcher,
         "see_couriers edit_couriers see_positions see_devices cut_network see_orders edit_orders plan_orders "
         "import_orders work_depot correct_depot "},
        {Role::operator_, "see_couriers see_positions see_orders edit_orders import_orders "},
        {Role::accountant, ""},
        {Role::analyst, "see_couriers see_positions "},
        {Role::depot, "see_couriers see_positions see_devices see_orders import_orders work_depot "},
        {Role::clerk, ""},
    };
    for (const auto& [role, may] : rows) {
        std::string found;
        for (const auto permission : accounts::all_permissions)
            if (allows({role}, permission)) found += std::string(name_of(permission)) + " ";
        CHECK_MESSAGE(found == may, name_of(role));
    }
}

TEST_CASE("roles survive their text form") {
    const Roles roles{Role::clerk, Role::admin};
    CHECK(roles.text() == "admin,clerk");
    CHECK(Roles::parse(roles.text()) == roles);
    CHECK(Roles::parse("nobody,,clerk") == Roles{Role::clerk});
}

TEST_CASE_TEMPLATE("blocking ends the sessions at once, and unblocking lets him in again", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    office.admin();
    const auto id = office.colleague("petr", {Role::dispatcher});
    const auto opened = office.sign_in("petr", good_password).value();
    CHECK(office.member(id)->sessions == 2);  // of accepting, and of signing in
    REQUIRE(office.edit(id, {.blocked = true}).ok());
    CHECK_FALSE(office.session(opened.token).has_value());
    CHECK(office.member(id)->sessions == 0);
    CHECK_FALSE(office.sign_in("petr", good_password).ok());
    REQUIRE(office.edit(id, {.blocked = false}).ok());
    CHECK(office.sign_in("petr", good_password).ok());
    CHECK(office.audited("staff.blocked") == 1);
    CHECK(office.audited("staff.unblocked") == 1);
}

TEST_CASE_TEMPLATE("the last active admin can neither be blocked nor lose the role", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    const auto admin = office.session(office.admin().token)->staff_id;
    REQUIRE(office.invite("ivan", {Role::admin}).ok());  // invited is not active
    CHECK(office.edit(admin, {.blocked = true}).error().kind == ErrorKind::conflict);
    CHECK(office.edit(admin, {.roles = Roles{Role::clerk}}).error().kind == ErrorKind::conflict);
    CHECK(office.member(admin)->state == "active");
    office.colleague("olga", {Role::admin});
    CHECK(office.edit(admin, {.roles = Roles{Role::clerk}}).ok());
    CHECK(office.member(admin)->roles == Roles{Role::clerk});
}

TEST_CASE_TEMPLATE("changed roles count from the next request on", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    office.admin();
    const auto id = office.colleague("petr", {Role::dispatcher});
    const auto opened = office.sign_in("petr", good_password).value();
    const auto before = office.member(id)->version;
    REQUIRE(office.edit(id, {.roles = Roles{Role::admin}}).ok());
    CHECK(office.session(opened.token)->stage == accounts::Stage::enrol);
    CHECK(office.member(id)->version == before + 1);
    REQUIRE(office.edit(id, {.roles = Roles{Role::admin}}).ok());
    CHECK(office.member(id)->version == before + 1);  // nothing changed
}

TEST_CASE_TEMPLATE("the list goes by name, is searched folded, and pages without a gap", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    office.admin();
    for (const auto* login : {"vera", "boris", "galina"}) REQUIRE(office.invite(login, {Role::clerk}).ok());
    accounts::StaffSearch search;
    search.limit = 2;
    std::string names;
    for (auto page = office.read([&](sql::Tx& tx) { return accounts::staff(tx, search, office.now); }); !page.empty();
         page = office.read([&](sql::Tx& tx) { return accounts::staff(tx, search, office.now); })) {
        for (const auto& one : page) names += one.login + " ";
        search.after = {page.back().name_fold, page.back().id};
    }
    CHECK(names == "anna boris galina vera ");
    const auto found = [&](const std::string& part) {
        return office.read([&](sql::Tx& tx) {
                         return accounts::staff(tx, {part, std::nullopt, 50}, office.now);
                     })
            .size();
    };
    CHECK(found("ПЕТР") == 3);  // stored as Пётр
    CHECK(found("орл") == 1);
    CHECK(found("%") == 0);
    CHECK(found("_") == 0);
}

TEST_CASE_TEMPLATE("what is not there cannot be changed", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    CHECK(office.edit("nobody", {.blocked = true}).error().kind == ErrorKind::not_found);
    CHECK_FALSE(office.member("nobody").has_value());
    const auto ended = office.write(
        [&](sql::Tx& tx) { return accounts::end_member_sessions(tx, office.system, "nobody", office.now); });
    CHECK(ended.error().kind == ErrorKind::not_found);
}
