// Passwords, tries, sessions and the second factor, on both engines.
#include "tests/central/app/accounts/office.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::PasswordFault;
using accounts::Role;
using core::ErrorKind;

TEST_CASE("weak passwords are told from good ones") {
    struct Row {
        std::string password;
        PasswordFault fault;
    };
    for (const auto& [password, fault] : {
             Row{"123456789", PasswordFault::too_short},
             Row{"пароль123", PasswordFault::too_short},  // 9 characters in 15 bytes
             Row{std::string(129, 'x'), PasswordFault::too_long},
             Row{"qwertyuiop", PasswordFault::weak},
             Row{"QWERTYUIOP", PasswordFault::weak},
             Row{"Пароль12345", PasswordFault::weak},
             Row{"aaaaaaaaaaaa", PasswordFault::weak},
             Row{"ababababababab", PasswordFault::weak},
             Row{"anna.orlova", PasswordFault::weak},  // the login
             Row{good_password, PasswordFault::none},
             Row{"длинная фраза без цифр", PasswordFault::none},
         })
        CHECK_MESSAGE(accounts::check_new_password(password, "anna.orlova") == fault, password);
}

TEST_CASE_TEMPLATE("an unknown, an invited and a blocked login cost one hash, as a wrong password does", Engine, Sqlite,
                   Postgres) {
    Office<Engine> office;
    office.admin();
    REQUIRE(office.invite("invited", {Role::clerk}).ok());
    REQUIRE(office.edit(office.colleague("blocked", {Role::clerk}), {.blocked = true}).ok());
    for (const auto* login : {"anna", "nobody", "invited", "blocked"}) {
        const auto before = office.hasher.checks();
        CHECK_FALSE(office.sign_in(login, "not this one").ok());
        CHECK_MESSAGE(office.hasher.checks() == before + 1, login);
    }
}

TEST_CASE_TEMPLATE("only Argon2id of the present cost is stored; a cheaper one is renewed at sign-in", Engine, Sqlite,
                   Postgres) {
    Office<Engine> office;
    office.admin();
    const auto stored = [&] {
        return *office.read([](sql::Tx& tx) { return accounts::candidate_by_login(tx, "anna"); }).password;
    };
    const auto before = stored();
    CHECK(before.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
    const accounts::PasswordHasher dearer({16, 2});
    const auto candidate = office.read([](sql::Tx& tx) { return accounts::candidate_by_login(tx, "anna"); });
    const auto verified = dearer.check(candidate, good_password);
    REQUIRE(verified.has_value());
    REQUIRE(
        office.write([&](sql::Tx& tx) { return accounts::sign_in(tx, *verified, office.visitor, office.now); }).ok());
    CHECK(stored().starts_with("$argon2id$v=19$m=16,t=2,p=1$"));
    // The proof was made against the old hash: it is worth nothing now.
    CHECK_FALSE(
        office.write([&](sql::Tx& tx) { return accounts::sign_in(tx, *verified, office.visitor, office.now); }).ok());
}

TEST_CASE_TEMPLATE("the sixth try of a login and the twenty-first of an address in a minute are refused", Engine,
                   Sqlite, Postgres) {
    Office<Engine> office;
    const auto wait = [&](const std::string& login, const std::string& address) {
        return *office.write([&](sql::Tx& tx) { return accounts::count_sign_in(tx, login, address, office.now); });
    };
    for (int i = 0; i < 5; ++i) CHECK_FALSE(wait("anna", "192.0.2." + std::to_string(i)).has_value());
    CHECK(wait("anna", "192.0.2.77") == 60s);
    CHECK_FALSE(wait("boris", "192.0.2.77").has_value());
    for (int i = 0; i < 20; ++i) CHECK_FALSE(wait("login" + std::to_string(i), "198.51.100.1").has_value());
    CHECK(wait("login99", "198.51.100.1").has_value());
    office.now += 60s;
    CHECK_FALSE(wait("anna", "198.51.100.1").has_value());
}

TEST_CASE_TEMPLATE("parallel tries are all counted", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    std::atomic<int> let_in{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < 5; ++k) {
                const auto wait = office.write(
                    [&](sql::Tx& tx) { return accounts::count_sign_in(tx, "anna", "192.0.2.1", office.now); });
                if (wait && !*wait) ++let_in;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(let_in == 5);
}

TEST_CASE_TEMPLATE("a right password gives its try back", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    office.admin();
    for (int i = 0; i < 12; ++i) {
        const auto wait = office.write(
            [&](sql::Tx& tx) { return accounts::count_sign_in(tx, "anna", office.visitor.address, office.now); });
        REQUIRE_FALSE(wait->has_value());
        REQUIRE(office.sign_in("anna", good_password).ok());
    }
}

TEST_CASE_TEMPLATE("a session ends 12 h after its last use and 7 days after its start", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    office.admin();
    office.colleague("petr", {Role::clerk});
    const auto token = office.sign_in("petr", good_password)->token;
    office.now = noon + 12h - 1s;
    CHECK(office.session(token).has_value());
    office.now = noon + 12h;
    CHECK_FALSE(office.session(token).has_value());

    office.now = noon;
    const auto busy = office.sign_in("petr", good_password)->token;
    for (office.now = noon; office.now < noon + 24h * 7; office.now += 11h) {
        const auto session = office.session(busy);
        REQUIRE(session.has_value());
        REQUIRE(office
                    .write([&](sql::Tx& tx) -> core::Status {
                        accounts::touch_session(tx, *session, office.now);
                        return {};
                    })
                    .ok());
    }
    office.now = noon + 24h * 7;
    CHECK_FALSE(office.session(busy).has_value());
}

TEST_CASE_TEMPLATE("every sign-in has a token of its own, of 256 bits, and only its hash is in the database", Engine,
                   Sqlite, Postgres) {
    Office<Engine> office;
    office.admin();
    office.colleague("petr", {Role::clerk});
    const auto first = office.sign_in("petr", good_password)->token;
    const auto second = office.sign_in("petr", good_password)->token;
    CHECK(first != second);
    CHECK(first.size() == 43);
    CHECK_FALSE(office.session(first + "x").has_value());
    CHECK_FALSE(office.session("").has_value());
    const auto kept = office.read([](sql::Tx& tx) { return tx.query("SELECT token_hash FROM staff_session"); });
    for (const auto& row : kept) CHECK(row.template get<core::Bytes>(0).size() == 32);
}

TEST_CASE_TEMPLATE("changing the password ends all other sessions and only with proof of the old one", Engine, Sqlite,
                   Postgres) {
    Office<Engine> office;
    office.admin();
    const auto id = office.colleague("petr", {Role::clerk});
    const auto own = office.sign_in("petr", good_password)->token;
    const auto other = office.sign_in("petr", good_password)->token;
    const auto candidate = office.read([&](sql::Tx& tx) { return accounts::candidate_by_id(tx, id); });
    const auto proof = office.hasher.check(candidate, good_password);
    const auto hash = office.hasher.hash("another horse 8");
    const auto change = [&] {
        return office.write([&](sql::Tx& tx) {
            return accounts::change_password(tx, office.system, *accounts::find_session(tx, own, office.now), *proof,
                                             hash, office.now);
        });
    };
    CHECK(change().ok());
    CHECK(office.session(own).has_value());
    CHECK_FALSE(office.session(other).has_value());
    CHECK_FALSE(office.sign_in("petr", good_password).ok());
    CHECK(office.sign_in("petr", "another horse 8").ok());
    CHECK(change().error().kind == ErrorKind::denied);  // the proof is spent
}

TEST_CASE_TEMPLATE("what has expired is forgotten, what lives is kept", Engine, Sqlite, Postgres) {
    Office<Engine> office;
    office.admin();
    office.now += 13h;
    const auto alive = office.sign_in("anna", good_password)->token;
    REQUIRE(office
                .write([&](sql::Tx& tx) -> core::Status {
                    accounts::forget_expired(tx, office.now);
                    return {};
                })
                .ok());
    CHECK(number(*office.db, "SELECT COUNT(*) FROM staff_session") == 1);
    CHECK(office.session(alive).has_value());
}
