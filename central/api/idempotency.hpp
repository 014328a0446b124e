// Idempotency-Key: a create that is sent again within 24 h gets the answer it got the first time. The answer is kept in
// the transaction of the work, sealed with the server's key, because it may hold a one-time link. Any worker.
#pragma once
#include <functional>

#include "central/api/route_table.hpp"
#include "shared/crypto/aead.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

class Idempotency {
  public:
    using Work = std::function<core::Result<http::Response>(core::Tx&)>;
    using Explain = std::function<http::Response(const core::Error&)>;

    Idempotency(sql::Database& db, const crypto::SecretKey& server_key);

    // Runs `work` in one transaction, or gives the answer of before. An error of `work` is not kept: `explain` makes it
    // an answer (else refuse()). 428 without the key, 409 for another request with the same key.
    http::Response once(const Call& call, const Work& work, const Explain& explain = {}) const;

  private:
    core::Result<http::Response> claim(core::Tx& tx, const Call& call, const std::string& key, const Work& work) const;

    sql::Database& db_;
    const crypto::SecretKey& server_key_;
};

}  // namespace plus7::central::api
