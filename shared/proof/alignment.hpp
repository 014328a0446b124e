// The entries that a file has against the list that central signed: which are missing, added, changed or moved. Pure.
#pragma once
#include <string>
#include <vector>

#include "shared/core/bytes.hpp"

namespace plus7::proof {

struct Aligned {
    std::size_t number = 0;  // in the signed list, from 1; 0: added
    std::string fault;       // "" for an entry in its place
};
struct Alignment {
    std::vector<Aligned> entries;      // one for each that is there
    std::vector<std::size_t> missing;  // numbers of the signed list
};
Alignment align(const std::vector<core::Hash>& listed, const std::vector<core::Hash>& there);

}  // namespace plus7::proof
