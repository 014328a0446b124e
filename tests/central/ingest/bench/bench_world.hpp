// Many handhelds and one central instance, fed as fast as it takes.
#pragma once
#include <memory>

#include "shared/sql/database.hpp"

namespace plus7::test {

class BenchWorld {
  public:
    BenchWorld(bool postgres, std::size_t devices);
    ~BenchWorld();
    // Records a second, from the first frame to the last durable commit; all signing is done before.
    double facts(std::size_t batches, std::size_t facts_each);
    double blocks(std::size_t batches, std::size_t blocks_each);
    sql::WriteStats stats() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace plus7::test
