// The likeliest order of a parcel's steps: the one with the fewest holes, a hole being a step that does not begin where
// the one before ended. Pure.
#pragma once
#include <vector>

#include "shared/model/custody.hpp"

namespace plus7::model {

struct Way {
    std::vector<std::size_t> order;  // indices into steps
    int holes = 0;
    bool is_clear = true;  // false: an order that is as good ends with another holder
};

// `members`: the indices of the steps to put in order, ascending. Of orders that are as good, one that ends with the
// customer (K4), else with what came last.
Way find_way(const std::vector<Step>& steps, const std::vector<std::size_t>& members);

// Whether they tell the same handover, standing next to each other: by two sources, from and to the same.
bool is_same_handover(const Step& a, const Step& b);

}  // namespace plus7::model
