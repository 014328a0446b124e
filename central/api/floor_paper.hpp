// What the depot's papers (depot_papers, haul_papers) have in common: whose they are, and lists of parcels. In Russian,
// as the company's people read them. Within a transaction.
#pragma once
#include <string>
#include <vector>

#include "central/app/depot/scan.hpp"
#include "shared/print/document.hpp"

namespace plus7::central::api {

using Rows = std::vector<std::vector<std::string>>;

struct PaperPlace {
    std::string name, address, zone;
};
PaperPlace place_of(core::Tx& tx, const std::string& site);
std::string signer(core::Tx& tx, const app::depot::Floor& floor);

extern const std::vector<print::Column> parcel_columns;
Rows parcel_rows(const std::vector<store::FloorParcel>& parcels);
std::string codes_of(const store::FloorParcel& parcel);  // ours, the sender's below it

// "title: 3" and the table; "title: нет" without one.
void section(print::Document& document, const std::string& title, const std::vector<print::Column>& columns, Rows rows);

}  // namespace plus7::central::api
