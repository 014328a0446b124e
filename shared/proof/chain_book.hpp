// How the facts of one handheld that are in a custody file hang together. Facts about other parcels lie between them
// and are not shown: only neighbours prove their order by their hashes. One thread.
#pragma once
#include <map>
#include <string>
#include <utility>

#include "shared/proof/parcel_file.hpp"
#include "shared/wire/fact.hpp"

namespace plus7::proof {

class ChainBook {
  public:
    struct Tie {
        std::string words;
        bool is_false = false;
    };
    // A fact out of the handheld's own file, which may lie between two links. Before take().
    void know(const wire::Fact& fact, const core::Hash& hash);
    // The next fact, in central's order, as link `number`.
    Tie take(const wire::Fact& fact, const core::Hash& hash, Chain stated, std::size_t number);

  private:
    struct Last {
        std::uint64_t seq = 0;
        core::Hash hash;
        std::size_t number = 0;
    };
    static Tie first(const wire::Fact& fact);
    Tie after(const Last& last, const wire::Fact& fact, Chain stated) const;
    Tie over(const Last& last, const wire::Fact& fact) const;

    struct Known {
        core::Hash hash, prev;
    };
    using Life = std::pair<core::DeviceId, core::Epoch>;
    std::map<Life, Last> last_;
    std::map<Life, std::map<std::uint64_t, Known>> known_;
};

}  // namespace plus7::proof
