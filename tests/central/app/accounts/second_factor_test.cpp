// The second factor, on both engines.
#include "tests/central/app/accounts/office.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Role;
using accounts::Stage;
using core::ErrorKind;

TEST_CASE_TEMPLATE("with a second factor the password alone opens nothing, and the code gives a new token", Engine,
                   Sqlite, Postgres) {
    Office<Engine> office;
    const auto admin = office.admin();
    const auto secret = office.enrol(admin.token);
    CHECK(office.session(admin.token)->stage == Stage::done);

    office.now += 1min;
    const auto waiting = office.sign_in("anna", good_password).value();
    CHECK(waiting.stage == Stage::code);
    CHECK(office.session(waiting.token)->stage == Stage::code);
    CHECK(office.give_code(waiting.token, "000000").error().kind == ErrorKind::denied);
    const auto opened = office.give_code(waiting.token, office.code(secret));
    REQUIRE(opened.ok());
    CHECK(opened->stage == Stage::done);
    CHECK(opened->token != waiting.token);
    CHECK_FALSE(office.session(waiting.token).has_value());
    CHECK(office.session(opened->token)->stage == Stage::done);
}

TEST_CASE_TEMPLATE("a code works once, and the waiting state ends after ten minutes", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    const auto secret = office.enrol(office.admin().token);
    const auto first = office.sign_in("anna", good_password)->token;
    // The code that confirmed the factor was used up by it.
    CHECK(office.give_code(first, office.code(secret)).error().kind == ErrorKind::denied);
    office.now += 30s;
    REQUIRE(office.give_code(first, office.code(secret)).ok());
    const auto second = office.sign_in("anna", good_password)->token;
    CHECK(office.give_code(second, office.code(secret)).error().kind == ErrorKind::denied);
    office.now += 10min;
    CHECK_FALSE(office.session(second).has_value());
}

TEST_CASE_TEMPLATE("each of ten recovery codes works once, typed in any case", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    std::vector<std::string> codes;
    office.enrol(office.admin().token, &codes);
    REQUIRE(codes.size() == 10);
    CHECK(codes[0].size() == 14);
    auto typed = codes[0];
    for (auto& c : typed) c = static_cast<char>(std::toupper(c));
    CHECK(office.give_code(office.sign_in("anna", good_password)->token, typed).ok());
    CHECK_FALSE(office.give_code(office.sign_in("anna", good_password)->token, codes[0]).ok());
    CHECK(office.give_code(office.sign_in("anna", good_password)->token, codes[1]).ok());
}

TEST_CASE_TEMPLATE("tries of codes are limited in the minute and in the hour", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    const auto wait = [&] {
        return *office.write([&](sql::Tx& tx) { return accounts::count_code(tx, "s-1", office.now); });
    };
    for (int minute = 0; minute < 4; ++minute) {
        for (int i = 0; i < 5; ++i) CHECK_FALSE(wait().has_value());
        if (minute < 3) office.now += 1min;
    }
    CHECK(wait().has_value());
    office.now += 1min;
    CHECK(wait().has_value());  // 20 in this hour
    office.now += 1h;
    CHECK_FALSE(wait().has_value());
}

TEST_CASE_TEMPLATE("the secret is sealed: another server key opens nothing and says so", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    const auto secret = office.enrol(office.admin().token);
    const auto sealed = office.read([](sql::Tx& tx) {
        return tx.one("SELECT totp_secret FROM staff WHERE login = $1", "anna")->template get<core::Bytes>(0);
    });
    CHECK(std::search(sealed.begin(), sealed.end(), secret.begin(), secret.end()) == sealed.end());
    const auto waiting = office.sign_in("anna", good_password)->token;
    office.key = crypto::SecretKey::random();
    office.now += 30s;
    CHECK(office.give_code(waiting, office.code(secret)).error().kind == ErrorKind::internal);
}

TEST_CASE_TEMPLATE("a role that demands it keeps it; others may switch it off with their password", Engine, Sqlite,
                   Postgres) {
    Office<Engine> office;
    const auto remove = [&](const std::string& token) {
        const auto own = office.session(token).value();
        const auto candidate = office.read([&](sql::Tx& tx) { return accounts::candidate_by_id(tx, own.staff_id); });
        const auto proof = office.hasher.check(candidate, good_password);
        return office.write(
            [&](sql::Tx& tx) { return accounts::remove_factor(tx, office.system, own, *proof, office.now); });
    };
    const auto admin = office.admin().token;
    office.enrol(admin);
    CHECK(remove(admin).error().kind == ErrorKind::conflict);
    office.colleague("petr", {Role::clerk});
    const auto clerk = office.sign_in("petr", good_password)->token;
    CHECK(remove(clerk).error().kind == ErrorKind::conflict);  // there is none
    office.enrol(clerk);
    CHECK(remove(clerk).ok());
    CHECK(office.sign_in("petr", good_password)->stage == Stage::done);
}

TEST_CASE_TEMPLATE("an admin resets a lost phone: the sessions end, and the role demands a new factor", Engine, Sqlite,
                   Postgres) {
    Office<Engine> office;
    const auto admin = office.admin().token;
    office.enrol(admin);
    const auto id = office.session(admin)->staff_id;
    REQUIRE(office.write([&](sql::Tx& tx) { return accounts::reset_factor(tx, office.system, id, office.now); }).ok());
    CHECK_FALSE(office.session(admin).has_value());
    CHECK(office.sign_in("anna", good_password)->stage == Stage::enrol);
}

TEST_CASE_TEMPLATE("a factor that is being renewed keeps the old one in force until the new one is proved", Engine,
                   Sqlite, Postgres) {
    Office<Engine> office;
    const auto token = office.admin().token;
    const auto old_secret = office.enrol(token);
    office.now += 1min;
    const auto own = office.session(token).value();
    REQUIRE(
        office.write([&](sql::Tx& tx) { return accounts::start_factor(tx, office.key, own.staff_id, "plus7"); }).ok());
    const auto wrong = office.write([&](sql::Tx& tx) {
        return accounts::confirm_factor(tx, office.key, office.system, own, office.code(old_secret), office.now);
    });
    CHECK(wrong.error().kind == ErrorKind::invalid);
    CHECK(office.give_code(office.sign_in("anna", good_password)->token, office.code(old_secret)).ok());
}
