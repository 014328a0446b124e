// Where senders are told of their orders (openapi/webhooks.yaml): for an admin all of them, for a token its sender's.
// Any worker; a test event keeps it until the receiver has answered.
#pragma once
#include "central/api/idempotency.hpp"
#include "central/api/route_table.hpp"
#include "central/app/webhooks/webhooks.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

struct WebhookSide {
    app::webhooks::SendTest send_test{};  // without: 503
    bool allow_private = false;           // http:// to the own machine may be given
};

class WebhookRoutes {
  public:
    WebhookRoutes(sql::Database& db, const Idempotency& idempotency, const crypto::SecretKey& server_key,
                  WebhookSide side)
        : db_(db), idempotency_(idempotency), server_key_(server_key), side_(std::move(side)) {}

    http::Response list(const Call& call);
    http::Response create(const Call& call);
    http::Response edit(const Call& call);
    http::Response remove(const Call& call);
    http::Response test(const Call& call);

  private:
    sql::Database& db_;
    const Idempotency& idempotency_;
    const crypto::SecretKey& server_key_;
    WebhookSide side_;
};

}  // namespace plus7::central::api
