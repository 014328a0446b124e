// How people become staff, on both engines.
#include "tests/central/app/accounts/office.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;
using core::ErrorKind;

TEST_CASE_TEMPLATE("the link that central prints makes the first admin, once, and signs him in", Engine, Sqlite,
                   Postgres) {
    Office<Engine> office;
    const auto is_open = [&] { return office.read([](sql::Tx& tx) { return accounts::setup_is_open(tx); }); };
    CHECK(is_open());
    const auto link = office.setup_link();
    CHECK(link.expires == noon + 24h);
    const auto opened = office.set_up(link.token);
    REQUIRE(opened.ok());
    CHECK(opened->stage == accounts::Stage::enrol);  // an admin needs a second factor
    const auto session = office.session(opened->token);
    REQUIRE(session.has_value());
    CHECK(session->roles == accounts::Roles{Role::admin});
    CHECK_FALSE(is_open());
    CHECK(office.set_up(link.token, "boris").error().kind == ErrorKind::expired);
    CHECK(office.audited("setup.done") == 1);
}

TEST_CASE_TEMPLATE("a set-up link dies with time, with a newer one, and when there is an admin", Engine, Sqlite,
                   Postgres) {
    Office<Engine> office;
    CHECK(office.set_up("no-such-token-at-all").error().kind == ErrorKind::not_found);
    const auto first = office.setup_link();
    const auto second = office.setup_link();
    CHECK(office.set_up(first.token).error().kind == ErrorKind::expired);
    office.now = noon + 24h;
    CHECK(office.set_up(second.token).error().kind == ErrorKind::expired);
    const auto third = office.setup_link();
    REQUIRE(office.set_up(third.token).ok());
    const auto fourth = office.setup_link();
    CHECK(office.set_up(fourth.token, "boris").error().kind == ErrorKind::conflict);
}

TEST_CASE_TEMPLATE("an invitation shows whose it is, sets the password once, and signs in", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    office.admin();
    const auto invited = office.invite("petr", {Role::dispatcher, Role::depot});
    REQUIRE(invited.ok());
    CHECK(invited->member.state == "invited");
    CHECK(invited->member.invited_until == noon + 72h);
    const auto seen =
        office.read([&](sql::Tx& tx) { return accounts::look_at_invitation(tx, invited->link.token, office.now); });
    CHECK(seen.login == "petr");
    CHECK(seen.roles.text() == "dispatcher,depot");
    CHECK(office.sign_in("petr", good_password).error().kind == ErrorKind::denied);
    const auto opened = office.accept(invited->link.token);
    REQUIRE(opened.ok());
    CHECK(opened->stage == accounts::Stage::done);
    CHECK(office.member(invited->member.id)->state == "active");
    CHECK(office.accept(invited->link.token).error().kind == ErrorKind::expired);
    CHECK(office.sign_in("petr", good_password).ok());
}

TEST_CASE_TEMPLATE("an invitation is no set-up link and the other way round", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    const auto setup = office.setup_link();
    CHECK(office.accept(setup.token).error().kind == ErrorKind::not_found);
    const auto invited = office.invite("petr", {Role::clerk});
    CHECK(office.set_up(invited->link.token).error().kind == ErrorKind::not_found);
}

TEST_CASE_TEMPLATE("a new link for a forgotten password keeps the second factor and ends the sessions", Engine, Sqlite,
                   Postgres) {
    Office<Engine> office;
    const auto admin = office.admin();
    office.enrol(admin.token);
    const auto id = office.session(admin.token)->staff_id;
    const auto link =
        office.write([&](sql::Tx& tx) { return accounts::invite_again(tx, office.system, id, office.now); });
    REQUIRE(link.ok());
    const auto opened = office.accept(link->token);
    REQUIRE(opened.ok());
    CHECK(opened->stage == accounts::Stage::code);
    CHECK_FALSE(office.session(admin.token).has_value());
}

TEST_CASE_TEMPLATE("what breaks a rule is not invited", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    REQUIRE(office.invite("petr", {Role::clerk}).ok());
    CHECK(office.invite("petr", {Role::clerk}).error().kind == ErrorKind::conflict);
    CHECK(office.invite("Petr", {Role::clerk}).error().kind == ErrorKind::invalid);
    CHECK(office.invite("pe", {Role::clerk}).error().kind == ErrorKind::invalid);
    CHECK(office.invite("ivan", {}).error().kind == ErrorKind::invalid);
}

TEST_CASE_TEMPLATE("a blocked account gets no link, and its earlier link is dead", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    office.admin();
    const auto invited = office.invite("petr", {Role::clerk}).value();
    REQUIRE(office.edit(invited.member.id, {.blocked = true}).ok());
    CHECK_FALSE(office.accept(invited.link.token).ok());
    const auto again = office.write(
        [&](sql::Tx& tx) { return accounts::invite_again(tx, office.system, invited.member.id, office.now); });
    CHECK(again.error().kind == ErrorKind::conflict);
    CHECK(office.edit(invited.member.id, {.blocked = false})->state == "invited");
}
