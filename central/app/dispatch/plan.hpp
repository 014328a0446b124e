// The plan, made by hand: which courier is to deliver which order, in which order of his list. The plan is central's,
// the facts are the field's: what a courier did with a parcel counts whatever was planned. Inside the caller's
// transaction.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "central/app/custody/office.hpp"
#include "central/store/assignment_store.hpp"
#include "shared/core/result.hpp"
#include "shared/core/tx.hpp"

namespace plus7::central::app::dispatch {

struct Replanned {
    std::string order;
    std::optional<std::string> before;  // whose it was
};

struct PlanRequest {
    std::vector<std::string> orders;     // in the order they are to have; each once
    std::optional<std::string> courier;  // none: for nobody
    // Where they come in his list; without any of the three those that were his stay, and new ones go to the end.
    bool from_start = false;
    bool to_end = false;
    std::optional<std::string> before{};  // this order of his list, none of `orders`
    // What the dispatcher saw of each of `orders` (mark_of); empty: he did not look.
    std::vector<std::optional<std::string>> seen{};
    bool spare_carried = false;  // refuse when another courier has a parcel of one on board
};

struct Planned {
    std::vector<Replanned> changed;  // those whose courier changed
    std::vector<std::string> moved;  // those that were his and got another place
    std::vector<std::string> kept;   // fixed ones among several: they stayed where they were
};

// conflict: the message is `orders[3]`, the place in the request, and one of these.
inline constexpr std::string_view is_over_words = " has come to its end";
inline constexpr std::string_view is_stale_words = " was planned by somebody else meanwhile";
inline constexpr std::string_view is_carried_words = " is on board of another courier";

// not_found: an order or the courier; conflict: the words above, the courier is blocked, `before` is not in his list.
// All or none.
core::Result<Planned> plan(core::Tx& tx, const custody::Acting& who, const PlanRequest& request);

// Another one after every move by hand; nothing for an order that is planned for nobody.
std::optional<std::string> mark_of(const std::optional<store::AssignmentRow>& plan);

// Sets or takes the mark "fixed"; those that changed. not_found; conflict: one is over, or planned for nobody.
core::Result<std::vector<std::string>> fix(core::Tx& tx, const std::vector<std::string>& orders, bool fixed);

// The order lies, whole, at the pickup point that it goes to: who was to bring it there has done so, and it leaves his
// list. False: there was nothing to end.
bool end_at_point(core::Tx& tx, const std::string& order, core::TimeUs now);

}  // namespace plus7::central::app::dispatch
