#include "shared/proof/alignment.hpp"

#include <set>

namespace plus7::proof {

Alignment align(const std::vector<core::Hash>& listed, const std::vector<core::Hash>& there) {
    const std::set<core::Hash> in_list(listed.begin(), listed.end());
    const std::set<core::Hash> in_file(there.begin(), there.end());
    Alignment result;
    std::size_t at = 0;
    for (const auto& hash : there) {
        const bool is_listed = in_list.contains(hash);
        // Behind those that are nowhere, as far as that is where this one belongs.
        if (is_listed)
            while (at < listed.size() && listed[at] != hash && !in_file.contains(listed[at]))
                result.missing.push_back(++at);
        if (at >= listed.size())
            result.entries.push_back({0, "was not there when central signed"});
        else if (listed[at] == hash)
            result.entries.push_back({++at, ""});
        else if (is_listed)
            result.entries.push_back({++at, "stands in another place than when central signed"});
        else if (in_file.contains(listed[at]))
            result.entries.push_back({0, "was not there when central signed"});
        else
            result.entries.push_back({++at, "was changed after central signed"});
    }
    while (at < listed.size()) result.missing.push_back(++at);
    return result;
}

}  // namespace plus7::proof
