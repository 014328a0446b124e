// Signing in and out, the first set-up, invitations (openapi/session.yaml). Any worker.
#pragma once
#include <string>

#include "central/api/route_table.hpp"
#include "central/api/session_cookie.hpp"
#include "central/app/accounts/passwords.hpp"
#include "shared/crypto/aead.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

class SessionRoutes {
  public:
    SessionRoutes(sql::Database& db, const app::accounts::PasswordHasher& hasher, const crypto::SecretKey& server_key,
                  SessionCookie cookie);

    http::Response sign_in(const Call& call);
    http::Response give_code(const Call& call);
    http::Response sign_out(const Call& call);
    http::Response setup_state(const Call& call);
    http::Response set_up(const Call& call);
    http::Response look_at_invitation(const Call& call);
    http::Response accept_invitation(const Call& call);

  private:
    // Set: over the limit, or the database is not there.
    std::optional<http::Response> count_link_try(const Call& call);
    http::Response opened(const core::Result<app::accounts::OpenedSession>& session) const;

    sql::Database& db_;
    const app::accounts::PasswordHasher& hasher_;
    const crypto::SecretKey& server_key_;
    SessionCookie cookie_;
};

}  // namespace plus7::central::api
