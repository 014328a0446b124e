// The custody file of a parcel (docs/custody-file.md) out of what central keeps. Within a transaction that may be a
// reader's.
#pragma once
#include <string>

#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"
#include "shared/proof/parcel_file.hpp"

namespace plus7::central::api {

struct CustodyExport {
    core::Bytes file;
    std::string order;  // its id
    std::string code;   // the parcel's own barcode: what the file is called
};
// not_found: no such parcel; limit: more events than a file holds.
core::Result<CustodyExport> export_custody(core::Tx& tx, const std::string& parcel, const proof::Seal& by);

}  // namespace plus7::central::api
