#include "shared/model/holder.hpp"

#include <algorithm>
#include <array>

namespace plus7::model {
namespace {

using enum HolderKind;

struct Move {
    HolderKind from, to;
};

// THE table of regular changes of hands. A return after delivery is a parcel of its own, so none leaves the customer.
constexpr Move regular[] = {
    {seller, depot},     {seller, courier}, {seller, point},                                         // taken in
    {depot, courier},    {courier, depot},  {courier, courier}, {courier, point}, {point, courier},  // on the way
    {courier, customer}, {point, customer}, {depot, customer},                                       // delivered
    {courier, seller},   {point, seller},   {depot, seller},                                         // returned
    {depot, lost},       {courier, lost},   {point, lost},      {lost, depot},
};

constexpr std::array<std::string_view, 7> names{"unknown", "seller", "depot", "courier", "point", "customer", "lost"};

}  // namespace

bool is_regular(const Holder& from, const Holder& to) {
    if (from == to) return false;
    return std::any_of(std::begin(regular), std::end(regular),
                       [&](const Move& move) { return move.from == from.kind && move.to == to.kind; });
}

std::string_view name_of(HolderKind kind) { return names[static_cast<std::size_t>(kind)]; }

HolderKind holder_kind_from(std::string_view name) {
    const auto found = std::find(names.begin(), names.end(), name);
    return found == names.end() ? unknown : static_cast<HolderKind>(found - names.begin());
}

}  // namespace plus7::model
