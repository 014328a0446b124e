// Facts of a courier or a device, newest first (openapi/events.yaml). Looking is entered in the couriers' access books.
// Any worker.
#pragma once
#include "central/api/route_table.hpp"
#include "central/store/field_store.hpp"
#include "shared/sql/database.hpp"

namespace plus7::central::api {

class EventRoutes {
  public:
    explicit EventRoutes(sql::Database& db) : db_(db) {}

    http::Response of_courier(const Call& call);
    http::Response of_device(const Call& call);

  private:
    http::Response page(const Call& call, store::ActQuery query) const;

    sql::Database& db_;
};

}  // namespace plus7::central::api
