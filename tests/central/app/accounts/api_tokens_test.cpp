// API tokens on both engines: shown once, found by their hash, over when revoked or expired.
#include "central/app/accounts/api_tokens.hpp"

#include "central/store/token_store.hpp"
#include "shared/crypto/token.hpp"
#include "tests/central/app/accounts/office.hpp"

using namespace plus7;
using namespace plus7::test;
using accounts::Scope;
using core::ErrorKind;

namespace {

accounts::NewToken shop_token() {
    accounts::NewToken token{"Касса", "Лавка", {}, {}};
    token.scopes.add(Scope::orders_read);
    return token;
}

template <typename Engine>
struct TokenOffice : Office<Engine> {
    core::Result<accounts::MadeToken> make(const accounts::NewToken& token) {
        return this->write([&](sql::Tx& tx) { return accounts::make_token(tx, this->system, token, this->now); });
    }
    core::Result<accounts::ApiToken> find(const std::string& text) {
        return this->db->read([&](sql::Tx& tx) { return accounts::find_token(tx, text, this->now); });
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a token is found by its text, of which only the hash is kept", Engine, Sqlite, Postgres) {
    TokenOffice<Engine> office;
    const auto made = office.make(shop_token()).value();
    CHECK(made.text.starts_with("p7_"));
    CHECK(made.text.size() == 3 + 43);  // 32 bytes
    const auto found = office.find(made.text).value();
    CHECK(found.id == made.token.id);
    CHECK(found.sender == "Лавка");
    CHECK(found.shown == made.text.substr(0, 6));
    CHECK(found.scopes.text() == "orders:read");
    CHECK(office.find(made.text + "x").error().kind == ErrorKind::denied);
    CHECK(office.find("").error().kind == ErrorKind::denied);
    const auto rows = office.read([](sql::Tx& tx) { return central::store::tokens(tx, 10); });
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].hash == crypto::token_hash(made.text));
}

TEST_CASE_TEMPLATE("a revoked token and one that is over open nothing, and say which it is", Engine, Sqlite, Postgres) {
    TokenOffice<Engine> office;
    const auto first = office.make(shop_token()).value();
    auto brief = shop_token();
    brief.expires = office.now + 1h;
    const auto second = office.make(brief).value();
    REQUIRE(
        office.write([&](sql::Tx& tx) { return accounts::revoke_token(tx, office.system, first.token.id, office.now); })
            .ok());
    CHECK(office.find(first.text).error().message.find("revoked") != std::string::npos);
    CHECK(office.find(second.text).ok());
    office.now += 1h;
    CHECK(office.find(second.text).error().message.find("expired") != std::string::npos);
    const auto again = office.write(
        [&](sql::Tx& tx) { return accounts::revoke_token(tx, office.system, first.token.id, office.now); });
    CHECK(again.value().revoked == office.now - 1h);
    CHECK(number(*office.db, "SELECT COUNT(*) FROM audit WHERE action = 'token.revoked'") == 1);
    CHECK(office.write([&](sql::Tx& tx) { return accounts::revoke_token(tx, office.system, "none", office.now); })
              .error()
              .kind == ErrorKind::not_found);
}

TEST_CASE_TEMPLATE("its last use is kept as a day, and written once a day", Engine, Sqlite, Postgres) {
    TokenOffice<Engine> office;
    const auto made = office.make(shop_token()).value();
    auto token = office.find(made.text).value();
    REQUIRE(accounts::wants_use_noted(token, office.now));
    REQUIRE(office.write([&](sql::Tx& tx) { accounts::note_use(tx, token, office.now); }).ok());
    token = office.find(made.text).value();
    CHECK(token.used == core::TimeUs{*core::from_iso8601("2026-11-22T00:00:00Z")});
    CHECK_FALSE(accounts::wants_use_noted(token, office.now + 11h));
    CHECK(accounts::wants_use_noted(token, office.now + 12h));
}

TEST_CASE("a token needs a name, a sender, a scope and an end that is to come") {
    TokenOffice<Sqlite> office;
    auto token = shop_token();
    token.name = " ";
    CHECK(office.make(token).error().kind == ErrorKind::invalid);
    token = shop_token();
    token.sender = "";
    CHECK(office.make(token).error().kind == ErrorKind::invalid);
    token = shop_token();
    token.scopes = {};
    CHECK(office.make(token).error().kind == ErrorKind::invalid);
    token = shop_token();
    token.expires = office.now;
    CHECK(office.make(token).error().kind == ErrorKind::invalid);
}

TEST_CASE("scopes survive their text form") {
    const auto scopes = accounts::Scopes::parse("webhooks,nothing,,orders:track");
    CHECK(scopes.text() == "orders:track,webhooks");
    CHECK(accounts::Scopes::parse(scopes.text()) == scopes);
    CHECK(accounts::Scopes::parse("").empty());
}
