// One parcel for the office: its custody file, for machines and for people (openapi/parcels.yaml). Any worker.
#pragma once
#include "central/api/custody_export.hpp"
#include "central/api/field_side.hpp"
#include "central/api/route_table.hpp"

namespace plus7::central::api {

class ParcelRoutes {
  public:
    // `sign_key`: central-sign, outlives this.
    ParcelRoutes(const FieldSide& side, const crypto::SigningKey& sign_key) : side_(side), sign_key_(sign_key) {}

    http::Response custody_file(const Call& call);
    http::Response custody_paper(const Call& call);

  private:
    // With the entry that somebody took it: no look without it.
    core::Result<CustodyExport> exported(const Call& call) const;

    FieldSide side_;
    const crypto::SigningKey& sign_key_;
};

}  // namespace plus7::central::api
