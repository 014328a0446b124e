// One side of the comparison: a real plus7-central on one engine, with a mosquitto of its own whose listener for handhelds
// is as plain as that of the broker it is compared with.
#pragma once
#include <memory>
#include <string>

#include "tests/bench/ingest/handhelds.hpp"
#include "tests/system/outside_broker.hpp"

namespace plus7::bench {

// With all tables; empty before. Throws.
std::unique_ptr<sql::Database> open_database(const std::string& dsn);
// Until it listens at the broker; throws when it does not.
void expect_ready(const test::CentralProcess& central);

struct Round {
    double blocks_per_second = 0;  // acked by central: durable
    double cpu_us = 0;             // of the central process, per block
};

class Side {
  public:
    // `database`: a DSN of an empty database. Throws with the output of what failed.
    Side(std::string name, const std::string& database, std::size_t handhelds);

    const std::string& name() const { return name_; }
    // Throws when not every block was acked, or central counts others than were sent.
    Round run(std::size_t blocks_each, std::size_t window);
    // What `plus7-central verify` says in the end; throws when it finds a fault.
    std::string verify();

  private:
    std::string name_;
    Handhelds handhelds_;
    test::OutsideBroker broker_{true};
    std::unique_ptr<test::CentralProcess> central_;
    std::uint64_t sent_ = 0;
};

}  // namespace plus7::bench
