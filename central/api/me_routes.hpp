// The signed-in person's own account, second factor and sessions (openapi/me.yaml). Any worker.
#pragma once
#include <string>

#include "central/api/route_table.hpp"
#include "central/app/accounts/passwords.hpp"
#include "shared/crypto/aead.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

// What the console is told of this server.
struct ServerFacts {
    std::string brand = "plus7";
    std::string time_zone = "Europe/Moscow";  // IANA
    bool demo = false;
};

class MeRoutes {
  public:
    MeRoutes(sql::Database& db, const app::accounts::PasswordHasher& hasher, const crypto::SecretKey& server_key,
             ServerFacts facts);

    http::Response show(const Call& call);
    http::Response edit(const Call& call);
    http::Response change_password(const Call& call);
    http::Response start_factor(const Call& call);
    http::Response confirm_factor(const Call& call);
    http::Response remove_factor(const Call& call);
    http::Response sessions(const Call& call);
    http::Response end_other_sessions(const Call& call);
    http::Response end_session(const Call& call);

  private:
    // Proof, or the answer that says why not; `member` is where the password stood.
    std::variant<http::Response, app::accounts::Verified> verify_own(const Call& call, std::string_view member,
                                                                     const std::string& password);

    sql::Database& db_;
    const app::accounts::PasswordHasher& hasher_;
    const crypto::SecretKey& server_key_;
    ServerFacts facts_;
};

}  // namespace plus7::central::api
