// What an order of a partner's file does to ours: makes it, changes it, leaves it, or cannot. Planned for a preview
// and, under the order's lock, for the import itself; inside the caller's transaction.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "central/app/registries/registry_file.hpp"

namespace plus7::central::app::registries {

enum class Outcome { created, updated, unchanged, rejected };
std::string_view name_of(Outcome outcome);

// Faults besides those of the file: order_over, on_the_way (no parcel can join it any more), fewer_parcels, too_many,
// in_hands (the barcode of a parcel that we hold), taken (a barcode of the sender's order `about`),
// full (the slot has no place left).
struct OrderPlan {
    struct Parcel {
        std::size_t line = 0;                    // place in the file's list
        std::optional<store::ParcelRow> before;  // none: a new one
        std::optional<store::ParcelRow> after;   // it changes
    };
    Outcome outcome = Outcome::created;
    std::optional<store::OrderLine> before;
    orders::OrderChange change;
    bool changes_terms = false;
    std::vector<Parcel> parcels;                        // in the order of the file's lines
    std::vector<std::pair<std::size_t, Fault>> faults;  // by line
};
OrderPlan plan_order(core::Tx& tx, const std::string& sender, const RegistryFile& file, const FileOrder& order,
                     bool lock);

}  // namespace plus7::central::app::registries
