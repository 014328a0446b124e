// Reads every fact the device still keeps, acked or not, of all epochs, in their order: for export. Storage thread.
#pragma once
#include <vector>

#include "shared/core/ids.hpp"
#include "shared/sql/sqlite_connection.hpp"

namespace plus7::agent::store {

class KeptFacts {
  public:
    struct Place {  // where a fact stands: epochs are counted from 1
        std::int64_t epoch_number = 0;
        std::uint64_t seq = 0;
    };
    struct Kept {
        Place place;
        core::Epoch epoch;
        bool acked = false;
        core::Bytes record;  // [body, sig] exactly as it was signed
    };

    // `core_database` of Stores; must outlive it.
    explicit KeptFacts(sql::SqliteConnection& core_database) : connection_(core_database) {}

    // At most `count` facts behind that place; none at the end.
    std::vector<Kept> after(const Place& place, std::size_t count) const;

  private:
    sql::SqliteConnection& connection_;
};

}  // namespace plus7::agent::store
